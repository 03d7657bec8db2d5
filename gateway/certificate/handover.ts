/** A change of hands by two statements, an offer and its taking: what they prove by themselves, without the ledger. */
import { requireHolderSignature } from '../../chaincode/domain/authority.js';
import { offerOf, requireAcceptance, requirePurchase } from '../../chaincode/domain/handover.js';
import { require } from '../../chaincode/domain/refusal.js';
import { decodeStatement, eventIn, type Statement, type StatementName } from '../../chaincode/domain/statements.js';

export interface Handover {
  readonly transfer: string;
  readonly acceptance: string;
}

export interface Resold {
  readonly listing: string;
  readonly purchase: string;
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
  requireAcceptance(given, taken);
  return given;
}

/** Offered by the holder and, that very offer, taken by the buyer. @param at where the two stood @throws {Refusal} */
export function verifyResale(
  { listing, purchase }: Resold,
  { channel, event }: About,
  at = '',
): { readonly offered: Statement<'listing'>; readonly taken: Statement<'resale-purchase'> } {
  const offered = decodeStatement('listing', listing, `${at}listing`);
  const taken = decodeStatement('resale-purchase', purchase, `${at}purchase`);
  for (const each of [offered, taken]) requireAbout(each, { channel, event: event ?? offered.payload.event });
  requireHolderSignature(offered);
  requirePurchase(taken, offerOf(offered));
  return { offered, taken };
}

/** @throws {Refusal} WRONG_CHANNEL or WRONG_EVENT */
export function requireAbout({ payload, field }: Statement<StatementName>, { channel, event }: About): void {
  require(payload.channel === channel, 'WRONG_CHANNEL', { field: `${field}.channel`, expected: channel });
  const same = event === undefined || eventIn(payload) === event;
  require(same, 'WRONG_EVENT', { field: `${field}.event`, expected: event ?? '' });
}
