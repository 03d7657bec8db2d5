/** A ticket from one fan to another through a reseller: the offer that the seller signs, what the buyer takes of it, and the money on their accounts. */
import { ticketPlace } from '../../chaincode/domain/ids.js';
import type { SignedStatement } from '../signer/sign-statement.js';
import type { Stage } from './cast.js';
import { FACE_MINOR, STALLS } from './chapters/event.js';
import type { Fan, Offer, Taking, TicketVersion } from './fan.js';

/** The event has the seller pay royalty and venue share, so the buyer pays price and fee. */
export type Terms = Pick<Offer, 'askMinor' | 'sellerFeeMinor' | 'buyerFeeMinor'>;
export const totalOf = ({ askMinor, buyerFeeMinor }: Terms): number => askMinor + buyerFeeMinor;

const CURRENCY = 'GBP';

export interface Offered {
  readonly statement: SignedStatement;
  /** What a buyer has to take, all of it. */
  readonly taking: Taking;
}

export function offer({ reseller }: Stage, seller: Fan, version: TicketVersion, terms: Terms): Offered {
  const deal = { allotment: STALLS, reseller: reseller.mspId, totalMinor: totalOf(terms), currency: CURRENCY };
  const facts = { faceValue: FACE_MINOR, place: ticketPlace(version.ticket) };
  const disclosure = { ...facts, restrictions: 'none', connection: 'none' } as const;
  const statement = seller.offer(version, { ...terms, ...deal, disclosure });
  return { statement, taking: { ...deal, listing: statement.digest, seller: seller.holder } };
}

/** What the ledger owes a fan at the event. */
export async function balanceOf({ organizer, event }: Stage, { holder }: Pick<Fan, 'holder'>): Promise<number> {
  return (await organizer.client.holder(event, holder)).balanceMinor;
}
