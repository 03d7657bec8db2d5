/** From the buyer to whoever has the ticket now: each change of hands verified against the holder of that moment. Pure; throws a Refusal. */
import { require } from '../../chaincode/domain/refusal.js';
import { decodeStatement, type Payload, type Statement } from '../../chaincode/domain/statements.js';
import type { Certificate, Hand } from './certificate.js';
import { verifyHandover, verifyResale, type About } from './handover.js';
import { holderOf, type Speakers } from './verify-credentials.js';

/** What the steps before have established. */
interface Established {
  readonly event: Payload<'event'>;
  readonly speakers: Speakers;
}

/** @returns the holder at the end of them. @param buyer who had it first */
export function verifyHands(certificate: Certificate, established: Established, buyer: string): string {
  return certificate.evidence.hands.reduce(
    (from, hand, index) => verifyHand(certificate, established, { hand, from, at: `hands[${index}].` }),
    buyer,
  );
}

interface Change {
  readonly hand: Hand;
  readonly from: string;
  /** Where it stands. */
  readonly at: string;
}

function verifyHand(
  { ticket, state, channel }: Certificate,
  { event, speakers }: Established,
  { hand, from, at }: Change,
): string {
  const about = { channel, event: event.event };
  const { offered, taken } =
    hand.kind === 'transfer' ? transferred(hand, about, at) : resold(hand, about, { at, currency: event.currency });
  const stale = offered.payload.ticket !== ticket || offered.payload.issue !== state.issue;
  require(!stale, 'STALE_TICKET', { field: offered.field, issue: state.issue });
  // A listing is older than what came of it, and so may be the key that signed it.
  const offeredAt = hand.kind === 'resale' ? (hand.listed?.block ?? hand.block) : hand.block;
  require(offeredAt <= hand.block, 'LISTING_MISMATCH', { field: `${at}listed.block` });
  const giver = holderOf(offered, offeredAt, speakers);
  require(giver === from, 'NOT_THE_HOLDER', { field: offered.field, expected: from });
  return holderOf(taken, hand.block, speakers);
}

interface Sides {
  readonly offered: Statement<'transfer' | 'listing'>;
  readonly taken: Statement<'transfer-acceptance' | 'resale-purchase'>;
}

function transferred(hand: Extract<Hand, { kind: 'transfer' }>, about: About, at: string): Sides {
  const offered = verifyHandover(hand, about, at);
  return { offered, taken: decodeStatement('transfer-acceptance', hand.acceptance, `${at}acceptance`) };
}

function resold(
  hand: Extract<Hand, { kind: 'resale' }>,
  about: About,
  { at, currency }: Pick<Change, 'at'> & Pick<Payload<'event'>, 'currency'>,
): Sides {
  const { offered, taken } = verifyResale(hand, about, at);
  require(taken.payload.ticket === offered.payload.ticket, 'LISTING_MISMATCH', { field: `${taken.field}.ticket` });
  require(taken.payload.currency === currency, 'PRICE_MISMATCH', {
    field: `${taken.field}.currency`,
    expected: currency,
  });
  return { offered, taken };
}
