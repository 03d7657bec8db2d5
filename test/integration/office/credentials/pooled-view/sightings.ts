/**
 * What somebody has seen, one by one: a line of a log, a line of a file, a command or a written record on the ledger, an exchange with a server. Of each,
 * every value that could stand for a person: texts, what is inside statements, and their digests. Numbers and times are left out: they are counted,
 * indexed and shared by everybody, and what time tells is looked at by itself.
 */
import { createHash } from 'node:crypto';
import { isCanonicalBase64url } from '../../../../../chaincode/crypto/jwk.js';
import { decodeJws, digestOf } from '../../../../../chaincode/crypto/jws.js';

export interface Sighting {
  readonly source: 'desk' | 'gateway' | 'node' | 'files' | 'command' | 'record';
  /** As it was seen. */
  readonly text: string;
  readonly tokens: ReadonlySet<string>;
}

/** Shorter is a word or a number. */
const MIN_CHARS = 8;
const TIME = /^[0-9]{4}-[0-9]{2}(-|$)/;

export function sighting(source: Sighting['source'], text: string): Sighting {
  const tokens = new Set<string>();
  const add = (value: string) => {
    if (value.length < MIN_CHARS || TIME.test(value)) return;
    tokens.add(value);
    for (const bytes of isCanonicalBase64url(value) ? [value, Buffer.from(value, 'base64url')] : [value]) {
      const digest = createHash('sha256').update(bytes).digest();
      tokens.add(digest.toString('base64url')).add(digest.toString('hex'));
    }
  };
  for (const value of valuesIn(text)) add(value);
  return { source, text, tokens };
}

function valuesIn(text: string): string[] {
  const parsed = parse(text);
  if (typeof parsed === 'object') return Object.entries(parsed ?? {}).flatMap((entry) => valuesOf(entry));
  const jws = decodeJws(text);
  if (jws) {
    const { typ = '' } = jws.header as { typ?: string };
    return [text, digestOf(typ, jws.payloadSegment), ...valuesOf([jws.header, jws.payload])];
  }
  return [text, ...(text.match(/[A-Za-z0-9_-]+/g) ?? []), ...(text.match(/[A-Za-z0-9_<:.+/=-]+/g) ?? [])];
}

function valuesOf(value: unknown): string[] {
  if (typeof value === 'string') return valuesIn(value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...valuesIn(key), ...valuesOf(inner)]);
}

function parse(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A line that only begins like JSON.
    return undefined;
  }
}
