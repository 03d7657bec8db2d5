/** A person as the committee's hash takes it: `issuer || scheme || number`, each part after its length (COMMITTEE protocol, A). */
import { concat, integerBytes, utf8 } from '../../chaincode/crypto/bytes.js';
import { Redacted } from './redacted.js';

export interface IdentityParts {
  readonly issuer: string;
  readonly scheme: string;
  readonly number: string;
  /** What a clerk may see of it. */
  readonly display: string;
}

export class Identity extends Redacted {
  readonly #parts: IdentityParts;

  /** @param parts in ASCII, each shorter than 128 */
  constructor(parts: IdentityParts) {
    super();
    this.#parts = parts;
  }

  /** The canonical bytes: equal for two documents if and only if the policy takes them for one person. A new array each time. */
  get bytes(): Uint8Array {
    const { issuer, scheme, number } = this.#parts;
    const parts = [issuer, scheme, number].map(utf8);
    return concat(...parts.flatMap((part) => [integerBytes(part.length, 4), part]));
  }

  /** The same bytes as text: they are all ASCII, lengths included. */
  get text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  /** Masked: enough for a clerk to see that it is the document at hand. Two characters are still two characters: not for logs. */
  get display(): string {
    return this.#parts.display;
  }
}
