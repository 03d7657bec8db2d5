/** What is refused on the secondary market, where rules are set and where money is given, and what must have happened before. */
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { hours, liveScene, openSchedule, type LiveScene } from '../../../support/live-scene.js';
import { EVERYBODY, type RealNetwork } from '../../../support/real-network.js';
import { aListing, aResale, aWithdrawal } from '../../../support/resales.js';
import { aPayout, aPolicyChange, aRefundClaim, policyDefaults } from '../../../support/settlements.js';
import {
  aDevice,
  aReturn,
  aSale,
  aScan,
  EVENT_POLICY,
  held,
  newKey,
  type Held,
  type TestSale,
} from '../../../support/statements.js';
import type { Refusals } from './refused.js';

type Terms = Parameters<typeof aListing>[2];

const scenes: LiveScene[] = [];
const sales: TestSale[] = [];

function sceneWith(...overrides: Parameters<typeof liveScene>): LiveScene {
  const scene = liveScene(...overrides);
  scenes.push(scene);
  return scene;
}

const ruledBy = (policy: PolicyPart): LiveScene => sceneWith({ policy: { ...EVENT_POLICY, ...policy } });

function soldAt({ floor }: LiveScene, seat = 'floor:A:1', buyer = newKey()): Held {
  const sale = aSale(floor, { seats: [seat], buyer });
  sales.push(sale);
  return held(sale);
}

/** A ticket sold in a scene of its own is offered there. */
function listingIn(scene: LiveScene, terms?: Terms) {
  const sold = soldAt(scene);
  return () => aListing(sold, scene.floor, terms).command;
}

const open = sceneWith();
const { event, floor } = open;
const ticket = soldAt(open);
const listing = (terms: Terms) => () => aListing(ticket, floor, terms).command;
const offered = aListing(soldAt(open, 'floor:A:2'), floor);
const withdrawn = aListing(soldAt(open, 'floor:A:3'), floor);

const unreturnable = ruledBy({ returnDeadlineSeconds: null });
const kept = soldAt(unreturnable);
const personal = ruledBy({ credentialRequired: true });
const dealt = ruledBy({ habitualThreshold: 1 });
const dealer = newKey('dealer');
const firstDeal = aListing(soldAt(dealt, 'floor:A:1', dealer), dealt.floor);
const secondDeal = soldAt(dealt, 'floor:A:2', dealer);
const checked = ruledBy({ gateCheck: 'document' });
const unchecked = soldAt(checked);
const device = aDevice(checked.event);
const late = sceneWith({ schedule: openSchedule({ transfersCloseAt: hours(-0.5) }) });
const free = sceneWith({}, { facePriceMinor: 0 });

export const SECOND_HAND: Refusals = {
  RESALE_NOT_OPEN: ['reseller', listingIn(late)],
  RETURNS_NOT_OPEN: ['reseller', () => aReturn(kept, unreturnable.floor)],
  REFUNDS_NOT_OPEN: ['venue', () => aRefundClaim(ticket, floor)],
  STALE_POLICY: ['organizer', () => aPolicyChange(event, {}, { version: 3 })],
  POLICY_MISMATCH: ['organizer', () => aPolicyChange(event, {}, { policyHash: 'A'.repeat(43) })],
  POLICY_INCONSISTENT: ['organizer', () => policyDefaults({ sellerFeeBps: 10_000, venueBps: 1 })],
  POLICY_BREAKS_PROFILE: ['venue', () => policyDefaults({ jurisdiction: 'BE', capBps: null })],
  POLICY_CHANGE_UNFAVOURABLE: ['organizer', () => aPolicyChange(event, { capBps: null })],
  CREDENTIAL_REQUIRED: ['reseller', () => aSale(personal.floor).command],
  MARKET_NOT_DIRECT: ['reseller', listingIn(ruledBy({ market: 'sealed' }))],
  RESELLER_NOT_AUTHORISED: ['reseller', listingIn(ruledBy({ authorisedResellers: [] }))],
  COMPLIMENTARY_NOT_RESELLABLE: ['reseller', listingIn(free)],
  HOLDING_PERIOD_NOT_OVER: ['reseller', listingIn(ruledBy({ minHoldingPeriodSeconds: 3_600 }))],
  TOO_MANY_HOPS: ['reseller', listingIn(ruledBy({ maxHops: 0 }))],
  HABITUAL_SELLER: ['reseller', () => aListing(secondDeal, dealt.floor).command],
  DISCLOSURE_MISSING: ['reseller', listingIn(ruledBy({ mandatoryDisclosure: ['place'] }))],
  DISCLOSURE_WRONG: ['reseller', listing({ disclosure: { faceValue: 1 } })],
  FEE_ABOVE_CAP: ['reseller', listing({ sellerFeeMinor: 201 })],
  PRICE_ABOVE_CAP: ['reseller', listing({ askMinor: 2_101 })],
  PRICE_BELOW_FEES: ['reseller', listing({ sellerFeeMinor: 2_001 })],
  UNKNOWN_LISTING: ['venue', () => aWithdrawal({ ...offered, ticket })],
  LISTING_MISMATCH: ['reseller', () => aResale(offered, offered.ticket.holder).command],
  LISTING_NOT_OPEN: ['reseller', () => aResale(withdrawn, newKey(), { change: 2 }).command],
  INSUFFICIENT_BALANCE: ['reseller', () => aPayout(event, ticket.holder, 1)],
  GATE_CHECK_REQUIRED: ['venue', () => aScan(unchecked, device).command],
};

export async function setSecondHand({ reseller, venue }: RealNetwork): Promise<void> {
  const supply = scenes.flatMap((scene) => [scene.event, scene.floor]);
  const setting = [...supply, ...sales, offered, withdrawn, firstDeal, aResale(firstDeal)];
  const commands = [...setting.map(({ command }) => command), aWithdrawal(withdrawn)];
  await reseller.ledger.accept(commands, EVERYBODY);
  await venue.ledger.accept([device.command], EVERYBODY);
}
