/** From the buyer to whoever has the ticket now: each change of hands verified against the holder of that moment. Pure; throws a Refusal. */
import { require } from '../../chaincode/domain/refusal.js';
import { decodeStatement, type Payload } from '../../chaincode/domain/statements.js';
import type { Certificate, Hand } from './certificate.js';
import { verifyHandover, verifyResale, type About } from './handover.js';

/** @returns the holder at the end of them. @param buyer who had it first */
export function verifyHands(certificate: Certificate, event: Payload<'event'>, buyer: string): string {
  return certificate.evidence.hands.reduce(
    (from, hand, index) => verifyHand(certificate, event, { hand, from, at: `hands[${index}].` }),
    buyer,
  );
}

interface Change {
  readonly hand: Hand;
  readonly from: string;
  /** Where it stands. */
  readonly at: string;
}

function verifyHand({ ticket, state, channel }: Certificate, event: Payload<'event'>, change: Change): string {
  const { offered, to } = statementsOf(change, { channel, event: event.event }, event.currency);
  const stale = offered.payload.ticket !== ticket || offered.payload.issue !== state.issue;
  require(!stale, 'STALE_TICKET', { field: offered.field, issue: state.issue });
  require(offered.signer === change.from, 'NOT_THE_HOLDER', { field: offered.field, expected: change.from });
  return to;
}

function statementsOf({ hand, at }: Change, about: About, currency: string) {
  if (hand.kind === 'transfer') {
    const offered = verifyHandover(hand, about, at);
    const { payload, field } = decodeStatement('transfer-acceptance', hand.acceptance, `${at}acceptance`);
    // Whose key a credential's is, the ledger knows and a certificate does not show.
    require(payload.credential === undefined, 'UNKNOWN_CREDENTIAL', { field: `${field}.credential` });
    return { offered, to: offered.payload.to };
  }
  const { offered, taken } = verifyResale(hand, about, at);
  require(taken.payload.ticket === offered.payload.ticket, 'LISTING_MISMATCH', { field: `${taken.field}.ticket` });
  require(taken.payload.currency === currency, 'PRICE_MISMATCH', {
    field: `${taken.field}.currency`,
    expected: currency,
  });
  return { offered, to: taken.signer };
}
