/** What must not commit after the close if it was endorsed before: all that changes hands at the event, or who may, or what the market's orders are. */
import { anEnrolment } from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import type { LiveCommittee } from '../../../support/live-committee.js';
import type { LiveMarket } from '../../../support/live-market.js';
import type { Party } from '../../../support/real-network.js';
import { aListing, aResale, aWithdrawal, type TestListing } from '../../../support/resales.js';
import { aBid } from '../../../support/sealed-market.js';
import { aPolicyChange, aRefundClaim } from '../../../support/settlements.js';
import { aReturn, aSale, aTransfer, aVoid, type Command } from '../../../support/statements.js';
import type { CrookedScene } from './scene.js';

export interface HeldBack {
  readonly what: string;
  readonly by: Party;
  readonly command: Command;
  /** Why the same is refused while the market settles, unless MARKET_SETTLING. */
  readonly later?: string;
}

/** @param listed two of Ann's tickets */
export function heldBack(
  scene: CrookedScene,
  market: LiveMarket,
  committee: LiveCommittee,
  [first, second]: readonly [TestListing, TestListing],
): readonly HeldBack[] {
  const { network, event, floor, people, tickets } = scene;
  const { organizer, reseller, venue } = network;
  const phone = holderAt(event.event, 'Cem', 'another phone');
  const { Ann, Bea, Ben, Dan, Gus } = people;
  const closed = { later: 'MARKET_NOT_OPEN' };
  return [
    { what: 'an order', by: reseller, command: market.order(Ben, aBid({ name: 'held' })), ...closed },
    { what: 'a deposit', by: reseller, command: market.deposit(Dan, 3_000), ...closed },
    { what: 'a sale', by: reseller, command: aSale(floor, { buyer: Bea, seats: ['floor:B:1'] }).command },
    { what: 'a transfer', by: reseller, command: aTransfer(tickets[1]!, Gus) },
    { what: 'a return', by: reseller, command: aReturn(tickets[2]!, floor) },
    { what: 'a listing', by: reseller, command: aListing(tickets[5]!, floor).command },
    { what: 'a withdrawal', by: reseller, command: aWithdrawal(first) },
    { what: 'a resale', by: reseller, command: aResale(second, people.Ida).command },
    { what: 'a refund claim', by: reseller, command: aRefundClaim(tickets[8]!, floor, [Ann.credential]) },
    { what: 'a void', by: organizer, command: aVoid(tickets[9]!, event) },
    { what: 'the replacement of a key', by: venue, command: anEnrolment(committee, event.event, phone, 1) },
    {
      what: 'a change of rules',
      by: organizer,
      command: aPolicyChange(event, { perPersonLimit: { primary: 200, resale: 200 } }),
    },
  ];
}
