/** That a gate device has the key it brings: it signs the handshake that it answers with it. */
import { z } from 'zod';
import { jwkSchema, thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { decodeJws, verifyJws } from '../../chaincode/crypto/jws.js';
import { parseWith } from '../../chaincode/domain/parse.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';

export const POSSESSION_TYPE = 'guichet-device-handshake+jwt';

const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal(POSSESSION_TYPE), jwk: jwkSchema });
const payloadSchema = z.strictObject({ channel: z.string(), handshake: z.string() });

export interface ShownPossession {
  readonly channel: string;
  readonly handshake: string;
  readonly jwk: PublicJwk;
}

/** @returns the key's thumbprint @throws {Refusal} SIGNATURE_INVALID, INVALID_FIELD, UNKNOWN_FIELD */
export function verifyPossession(compact: string, { channel, handshake, jwk }: ShownPossession): string {
  const field = 'possession';
  const jws = decodeJws(compact) ?? refuse('SIGNATURE_INVALID', { field, reason: 'is not a compact JWS' });
  const { jwk: own } = parseWith(headerSchema, jws.header, `${field}.header`);
  const payload = parseWith(payloadSchema, jws.payload, field);
  const kid = thumbprintOf(jwk);
  require(thumbprintOf(own) === kid, 'SIGNATURE_INVALID', { field: `${field}.header.jwk`, reason: 'is another key' });
  require(verifyJws(jws, jwk), 'SIGNATURE_INVALID', { field, reason: 'is not signed by its key' });
  for (const [name, expected] of Object.entries({ channel, handshake }) as ['channel' | 'handshake', string][])
    require(payload[name] === expected, 'SIGNATURE_INVALID', {
      field: `${field}.${name}`,
      reason: 'is of another handshake',
    });
  return kid;
}
