/** What must not commit late on the secondary market and where money is given: listings, resales, refunds, settlements and payouts. */
import { parseTicketId } from '../../../../chaincode/domain/ids.js';
import { endedTicketKey, ticketKey } from '../../../../chaincode/domain/keys.js';
import { aListing, aResale, aWithdrawal } from '../../../support/resales.js';
import { aPayout, aRefundClaim, aSettlement } from '../../../support/settlements.js';
import { anEventChange, aReturn, aSale, aScan, aTransfer, aVoid, newKey } from '../../../support/statements.js';
import type { Case, Situation } from './situation.js';
import {
  byVenue,
  cancels,
  changesRules,
  closes,
  organizerSubmits,
  postpones,
  recordsExpiry,
  registersDevice,
  resellerSubmits,
  venueSubmits,
} from './transitions.js';

const listing = ({ ticket, floor }: Situation) => aListing(ticket, floor).command;
const resale = ({ offer }: Situation) => aResale(offer).command;
const withdrawal = ({ offer }: Situation) => aWithdrawal(offer);
const transfer = ({ ticket }: Situation) => aTransfer(ticket);
const admission = ({ offer, device }: Situation) => aScan(offer.ticket, device).command;
const claim = ({ ticket, floor }: Situation) => aRefundClaim(ticket, floor);
const payout = ({ event, offer }: Situation) => aPayout(event, offer.ticket.holder, 1_000);

/** Of the ticket's first issue, as it is on the ledger. */
async function settlement({ ticket, network }: Situation) {
  const { event, place } = parseTicketId(ticket.ticket);
  const keys = [ticketKey(event, place), endedTicketKey(event, place, 1)];
  const [newest, ended] = await network.organizer.ledger.records.readAll(keys);
  return aSettlement(ticket, (ended ?? newest)!);
}

const sellsOffer = resellerSubmits(resale);
const isGivenBack = resellerSubmits(({ ticket, floor }) => [aReturn(ticket, floor), aSale(floor).command]);
/** The postponement was the event's first change. */
const cancelsPostponed = organizerSubmits(({ event }) => anEventChange(event, { change: 1 }));

/** Bought dear, returned and refunded as far as a return is; the cancellation gives back the rest. */
const remainderIsDue: Case['first'] = async (situation) => {
  const { ticket, floor } = situation;
  const dear = aListing(ticket, floor, { askMinor: 4_000 });
  const sold = aResale(dear, newKey('returns it'));
  const returned = [dear.command, sold.command, aReturn(sold.ticket, floor), aSale(floor).command];
  await resellerSubmits(() => returned)(situation);
  await venueSubmits(settlement)(situation);
  await cancels(situation);
};

const LISTING = { what: 'a listing', held: listing };
const RESALE = { what: 'a resale', held: resale };
const CLAIM = { what: 'a refund claim', first: postpones, held: claim };
const SETTLEMENT = { held: settlement, across: 'itself', transition: venueSubmits(settlement) };

export const SECOND_HAND: readonly Case[] = [
  { ...LISTING, across: 'the close of resale by schedule', transition: closes('resale'), deadline: 'transfersCloseAt' },
  { ...LISTING, across: 'a change of rules', transition: changesRules },
  { ...LISTING, across: 'a transfer', transition: resellerSubmits(transfer) },
  { ...LISTING, across: 'another one', transition: resellerSubmits(listing) },
  { ...RESALE, across: 'the close of resale by schedule', transition: closes('resale'), deadline: 'transfersCloseAt' },
  { ...RESALE, across: 'a change of rules', transition: changesRules },
  { ...RESALE, across: 'a postponement', transition: postpones },
  { ...RESALE, across: 'a cancellation', transition: cancels },
  { ...RESALE, across: 'its withdrawal', transition: resellerSubmits(withdrawal) },
  { ...RESALE, across: 'the end of its listing', transition: recordsExpiry, deadline: 'listingEnds' },
  { ...RESALE, across: "the seller's transfer", transition: resellerSubmits(({ offer }) => aTransfer(offer.ticket)) },
  {
    ...RESALE,
    across: "the seller's return",
    transition: resellerSubmits(({ offer, floor }) => aReturn(offer.ticket, floor)),
  },
  {
    ...RESALE,
    across: 'another listing',
    transition: resellerSubmits(({ offer, floor }) => aListing(offer.ticket, floor).command),
  },
  { ...RESALE, across: "the seller's admission", first: registersDevice, transition: venueSubmits(admission) },
  { ...RESALE, across: 'a void', transition: organizerSubmits(({ offer, event }) => aVoid(offer.ticket, event)) },
  { ...RESALE, across: 'another purchase of the ticket', transition: sellsOffer },
  { what: 'a withdrawal', across: 'the resale', held: withdrawal, transition: sellsOffer },
  { what: 'a transfer', across: 'a listing', held: transfer, transition: resellerSubmits(listing) },
  {
    what: "the seller's admission",
    across: 'the resale',
    by: byVenue,
    first: registersDevice,
    held: admission,
    transition: sellsOffer,
  },
  { ...CLAIM, across: 'the close of refunds by schedule', transition: closes('refunds'), deadline: 'refundsClose' },
  { ...CLAIM, across: 'another claim', transition: resellerSubmits(claim) },
  { ...CLAIM, across: 'a transfer', transition: resellerSubmits(transfer) },
  { ...CLAIM, across: 'a cancellation', transition: cancelsPostponed },
  { ...SETTLEMENT, what: 'the refund of a cancelled ticket', first: cancels },
  { ...SETTLEMENT, what: 'the refund of a returned ticket', first: isGivenBack },
  {
    ...SETTLEMENT,
    what: 'what a cancellation gives back beyond a return',
    policy: { capBps: 20_000 },
    first: remainderIsDue,
  },
  { what: 'a payout', across: 'another one', first: sellsOffer, held: payout, transition: resellerSubmits(payout) },
];
