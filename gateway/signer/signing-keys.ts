/** The organization's signing keys as the gateway sees them. Our signer process implements it; a KMS or a PKCS#11 token can take its place. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { thumbprint } from '../../chaincode/domain/ids.js';
import type { Refusal } from '../../chaincode/domain/refusal.js';
import type { GatewayError } from '../errors.js';
import type { SignableName, SignedStatement } from './sign-statement.js';

/** `event-creation` is registered on the ledger under the use `event`; an event's own key is named by the event itself. */
export const SIGNER_USES = ['event-creation', 'event', 'seller', 'attestor'] as const;
export type SignerUse = (typeof SIGNER_USES)[number];

/** What a key may sign. Anything else is refused before the key is even opened. */
export const SIGNS: Readonly<Record<SignerUse, readonly SignableName[]>> = {
  'event-creation': ['event'],
  event: ['event-change', 'policy', 'allotment', 'void', 'market'],
  seller: ['sale'],
  attestor: ['handle', 'key-approval'],
};

export const signerKeySchema = z.strictObject({
  kid: thumbprint,
  use: z.enum(SIGNER_USES),
  label: z.string().min(1).max(256),
  jwk: jwkSchema,
  createdAt: z.iso.datetime(),
});
/** The public half of a key that the signer holds. */
export type SignerKey = Readonly<z.infer<typeof signerKeySchema>>;

export interface SigningRequest {
  readonly kid: string;
  readonly name: SignableName;
  readonly payload: unknown;
}

/** One result for each request: a statement, or why there is none. */
export type SigningResult = SignedStatement | Refusal | GatewayError;

export interface SigningKeys {
  /**
   * A key for this use and label; the same again gives the same key, so that a retried command signs the same bytes.
   * @param label for the use `event` the event's id, and the key then signs for that event only
   * @throws {GatewayError} SIGNER_UNAVAILABLE
   */
  createKey(use: SignerUse, label: string): Promise<SignerKey>;

  /** @throws {GatewayError} SIGNER_UNAVAILABLE */
  listKeys(): Promise<readonly SignerKey[]>;

  /**
   * @returns for each request in its order a statement or UNKNOWN_SIGNING_KEY, SIGNER_LIMIT_REACHED, FORBIDDEN (the key's use), or the domain's refusal of the payload
   * @throws {GatewayError} SIGNER_UNAVAILABLE
   */
  signAll(requests: readonly SigningRequest[]): Promise<readonly SigningResult[]>;
}

/** Signs one statement. @throws {GatewayError | Refusal} what `signAll` answered for it */
export async function signOne(keys: SigningKeys, request: SigningRequest): Promise<SignedStatement> {
  const [result] = await keys.signAll([request]);
  if (!result) throw new Error('the signer answered nothing');
  if (result instanceof Error) throw result;
  return result;
}
