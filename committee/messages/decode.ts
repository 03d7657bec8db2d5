/** Reading a signed message (RFC 7515 section 3.1) in browsers and Node. Nothing of it is trusted before its signature is verified. */
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { fromBase64url, toBase64url, utf8 } from '../../chaincode/crypto/bytes.js';
import { thumbprint } from '../../chaincode/domain/ids.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { publicKey } from './shapes.js';
import { carriesKey, messageSchemas, messageTypOf, type MessageName, type MessagePayload } from './statements.js';

export const MAX_MESSAGE_CHARS = 4 * 1024;
const SIGNATURE_BYTES = 64;

export interface Message<N extends MessageName> {
  readonly name: N;
  readonly payload: MessagePayload<N>;
  /** base64url(SHA-256(typ "." payload segment)): the signature, which is randomised, is not in it. */
  readonly digest: string;
  /** Thumbprint of the key that is said to have signed. */
  readonly signer: string;
  /** The key itself, where the message carries it. */
  readonly jwk: z.infer<typeof publicKey> | undefined;
  readonly signingInput: string;
  readonly signature: Uint8Array;
  readonly field: string;
}

const hashText = (text: string): string => toBase64url(sha256(utf8(text)));

/** RFC 7638 section 3: the members in lexical order, no white space. */
export const thumbprintOfKey = ({ x, y }: z.infer<typeof publicKey>): string =>
  hashText(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);

/** @throws {Refusal} TOO_LARGE, MALFORMED_STATEMENT, INVALID_FIELD or UNKNOWN_FIELD, naming the member below `field` */
export function decodeMessage<N extends MessageName>(name: N, compact: string, field: string): Message<N> {
  require(compact.length <= MAX_MESSAGE_CHARS, 'TOO_LARGE', { field, limit: MAX_MESSAGE_CHARS });
  const [header = '', segment = '', signed = '', ...rest] = compact.split('.');
  const signature = fromBase64url(signed);
  if (rest.length > 0 || signature?.length !== SIGNATURE_BYTES) return refuse('MALFORMED_STATEMENT', { field });
  const { signer, jwk } = readHeader(name, jsonOf(header, field), `${field}.header`);
  const schema = messageSchemas[name] as unknown as z.ZodType<MessagePayload<N>>;
  const payload = parseWith(schema, jsonOf(segment, field), field);
  const digest = hashText(`${messageTypOf(name)}.${segment}`);
  return { name, payload, digest, signer, jwk, signingInput: `${header}.${segment}`, signature, field };
}

const alg = z.literal('ES256');

function readHeader(name: MessageName, header: unknown, at: string) {
  const typ = z.literal(messageTypOf(name));
  if (!carriesKey(name)) {
    return { signer: parseWith(z.strictObject({ alg, typ, kid: thumbprint }), header, at).kid, jwk: undefined };
  }
  const { jwk } = parseWith(z.strictObject({ alg, typ, jwk: publicKey }), header, at);
  return { signer: thumbprintOfKey(jwk), jwk };
}

function jsonOf(segment: string, field: string): unknown {
  const bytes = fromBase64url(segment);
  if (!bytes) return refuse('MALFORMED_STATEMENT', { field });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Not text, or not JSON; whoever sent it learns no more than that.
    return refuse('MALFORMED_STATEMENT', { field });
  }
}
