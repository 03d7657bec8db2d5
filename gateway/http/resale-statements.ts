/** Holders' statements that name the reseller who executes them: all that can be verified of one before it becomes a transaction. */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { require } from '../../chaincode/domain/refusal.js';
import { decodeStatement, type Statement } from '../../chaincode/domain/statements.js';
import { requireAbout } from '../certificate/handover.js';
import type { Place } from './services.js';

/** Whom each names as the one that executes it. */
const EXECUTOR = { listing: 'reseller', 'resale-purchase': 'reseller', payout: 'payer', deposit: 'reseller' } as const;
const FIELD = { listing: 'listing', 'resale-purchase': 'purchase', payout: 'payout', deposit: 'deposit' } as const;

/** @throws {Refusal} as the ledger would: WRONG_CHANNEL, SIGNATURE_INVALID, NOT_AUTHORISED if it names another organization than this gateway's */
export function verifyOwn<N extends keyof typeof EXECUTOR>(
  name: N,
  jws: string,
  { channel, mspId }: Place,
): Statement<N> {
  const statement = decodeStatement(name, jws, FIELD[name]);
  requireAbout(statement, { channel });
  const executor = (statement.payload as Readonly<Record<string, unknown>>)[EXECUTOR[name]];
  require(executor === mspId, 'NOT_AUTHORISED', { field: `${FIELD[name]}.${EXECUTOR[name]}`, expected: mspId });
  requireHolderSignature(statement);
  return statement;
}
