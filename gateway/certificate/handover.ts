/** A transfer with its acceptance: what the two statements prove by themselves, without the ledger. */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { require } from '../../chaincode/domain/refusal.js';
import { decodeStatement, type Statement, type StatementName } from '../../chaincode/domain/statements.js';

export interface Handover {
  readonly transfer: string;
  readonly acceptance: string;
}

/** What a statement must be about; any event where none is named. */
export interface About {
  readonly channel: string;
  readonly event?: string;
}

/** Signed by whoever gives and, about that very transfer, by whoever takes. @param at where the two stood @throws {Refusal} */
export function verifyHandover(
  { transfer, acceptance }: Handover,
  { channel, event }: About,
  at = '',
): Statement<'transfer'> {
  const given = decodeStatement('transfer', transfer, `${at}transfer`);
  const taken = decodeStatement('transfer-acceptance', acceptance, `${at}acceptance`);
  for (const each of [given, taken]) requireAbout(each, { channel, event: event ?? given.payload.event });
  requireHolderSignature(given);
  const accepted = taken.payload.transfer === given.digest && requireHolderSignature(taken) === given.payload.to;
  require(accepted, 'TRANSFER_MISMATCH', { field: taken.field, expected: given.payload.to });
  return given;
}

/** @throws {Refusal} WRONG_CHANNEL or WRONG_EVENT */
export function requireAbout({ payload, field }: Statement<StatementName>, { channel, event }: About): void {
  require(payload.channel === channel, 'WRONG_CHANNEL', { field: `${field}.channel`, expected: channel });
  const same = event === undefined || payload.event === event;
  require(same, 'WRONG_EVENT', { field: `${field}.event`, expected: event ?? '' });
}
