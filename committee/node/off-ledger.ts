/**
 * Statements of the committee's protocol that never reach the ledger, as a node reads what it is shown: the messages' schemas, the ledger's codes. A wallet
 * reads the same messages for itself (committee/messages) and has errors of its own.
 */
import { z } from 'zod';
import { jwkSchema, thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { decodeJws, digestOf, type DecodedJws } from '../../chaincode/crypto/jws.js';
import { thumbprint } from '../../chaincode/domain/ids.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { carriesKey, MAX_MESSAGE_CHARS, messageSchemas, messageTypOf, type MessagePayload } from '../messages/index.js';

export type OffLedgerName = 'handle' | 'possession' | 'receipt' | 'gate-pass' | 'gate-check';

/** A statement whose form is right. Its signature is not verified yet. */
export interface OffLedgerStatement<N extends OffLedgerName> {
  readonly payload: MessagePayload<N>;
  readonly digest: string;
  /** Thumbprint of the key that is said to have signed. */
  readonly signer: string;
  /** The key itself, where the statement carries it: a possession's. */
  readonly jwk: PublicJwk | undefined;
  readonly jws: DecodedJws;
  readonly field: string;
}

const alg = z.literal('ES256');
const headerSchemas = {
  carried: (typ: string) => z.strictObject({ alg, typ: z.literal(typ), jwk: jwkSchema }),
  registered: (typ: string) => z.strictObject({ alg, typ: z.literal(typ), kid: thumbprint }),
};

/** @throws {Refusal} TOO_LARGE, MALFORMED_STATEMENT, INVALID_FIELD or UNKNOWN_FIELD, naming the member below `field` */
export function decodeOffLedger<N extends OffLedgerName>(
  name: N,
  compact: string,
  field: string,
): OffLedgerStatement<N> {
  require(compact.length <= MAX_MESSAGE_CHARS, 'TOO_LARGE', { field, limit: MAX_MESSAGE_CHARS });
  const jws = decodeJws(compact) ?? refuse('MALFORMED_STATEMENT', { field });
  const typ = messageTypOf(name);
  const { signer, jwk } = readHeader(name, typ, jws, `${field}.header`);
  const schema = messageSchemas[name] as unknown as z.ZodType<MessagePayload<N>>;
  const payload = parseWith(schema, jws.payload, field);
  return { payload, digest: digestOf(typ, jws.payloadSegment), signer, jwk, jws, field };
}

function readHeader(name: OffLedgerName, typ: string, jws: DecodedJws, at: string) {
  if (carriesKey(name)) {
    const { jwk } = parseWith(headerSchemas.carried(typ), jws.header, at);
    return { signer: thumbprintOf(jwk), jwk };
  }
  return { signer: parseWith(headerSchemas.registered(typ), jws.header, at).kid, jwk: undefined };
}
