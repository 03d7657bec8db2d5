/** Looks for very many values at once, in one pass over the bytes. */
import { formsOf, MIN_CHARS, type Secret } from './forms.js';

interface Needle {
  readonly bytes: Buffer;
  readonly secret: Secret;
  readonly form: string;
}

export interface Finding {
  readonly what: string;
  readonly form: string;
}

/** Of the first four bytes: most places in a file are ruled out by one look. */
const BITS = 24;
const hash = (bytes: Uint8Array, at: number): number =>
  Math.imul(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24), 0x9e3779b1) >>>
  (32 - BITS);

export class Search {
  readonly #maybe = new Uint8Array(1 << BITS);
  readonly #needles = new Map<string, Needle[]>();

  constructor(secrets: readonly Secret[]) {
    for (const secret of secrets)
      for (const [form, text] of formsOf(secret)) {
        const bytes = Buffer.from(text, 'latin1');
        const start = bytes.toString('latin1', 0, MIN_CHARS);
        this.#maybe[hash(bytes, 0)] = 1;
        this.#needles.set(start, [...(this.#needles.get(start) ?? []), { bytes, secret, form }]);
      }
  }

  /** @returns each finding once */
  in(content: Buffer | string): readonly Finding[] {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const found = new Map<string, Finding>();
    for (let at = 0; at + MIN_CHARS <= bytes.length; at += 1) {
      if (this.#maybe[hash(bytes, at)] === 0) continue;
      for (const { secret, form } of this.#at(bytes, at))
        found.set(`${secret.what} ${form}`, { what: secret.what, form });
    }
    return [...found.values()];
  }

  #at(bytes: Buffer, at: number): readonly Needle[] {
    const candidates = this.#needles.get(bytes.toString('latin1', at, at + MIN_CHARS)) ?? [];
    return candidates.filter((needle) => bytes.subarray(at, at + needle.bytes.length).equals(needle.bytes));
  }
}
