/** Settling a ticket: whatever is due for it now is credited to those it is due to. Anybody in the consortium may drive it; nobody can direct it. */
import { z } from 'zod';
import { findEvent, requireCaller, requireCurrent, requireEvent, requireGate } from '../authority.js';
import { enrolmentKeysOf, requireGivingHolder } from '../holders.js';
import { eventId, slugId, thumbprint, ticketId } from '../ids.js';
import { allotmentKey, commandKey, eventKey, gateKey, holderKey, organizationKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { policyOf } from '../policy/policy.js';
import type { EventRecord, TicketRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import { unwind, type Refund } from '../refund.js';
import { compactJws, id, prepareUnsigned, type Judgement, type Prepare } from '../rule.js';
import { concernedHolders, dueOnRecord, withoutSurplus } from '../settlement.js';
import type { State } from '../state.js';
import { decodeStatement } from '../statements.js';
import {
  adjustHolder,
  endedKeyOf,
  HELD,
  requireAllotment,
  requireHolder,
  requireState,
  requireTicket,
  ticketKeyOf,
} from '../ticket.js';

/** Hops of one ticket, its holder and its buyer. */
const MAX_HOLDERS = 40;
const holders = z.array(thumbprint).min(1).max(MAX_HOLDERS);

const settleCommand = z.strictObject({
  kind: z.literal('ticket.settle'),
  id,
  event: eventId,
  ticket: ticketId,
  issue: z.int().min(1),
  allotment: slugId,
  /** All whose records are concerned, in any order: so that they can be loaded. */
  holders,
});

export const prepareSettlement: Prepare = (raw, callerMsp) =>
  prepareUnsigned(settleCommand, raw, callerMsp, ({ event, ticket: id, issue, allotment, holders }) => {
    const key = ticketKeyOf({ event, ticket: id });
    const endedKey = endedKeyOf({ event, ticket: id, issue });
    return {
      reads: [
        eventKey(event),
        latestMarketKey(event),
        gateKey(event, 'cancellation'),
        allotmentKey(event, allotment),
        organizationKey(callerMsp),
      ],
      writes: [key, endedKey, ...holders.map((holder) => holderKey(event, holder))],
      decide(state, context) {
        requireCaller(state, context, callerMsp, 'box-office');
        const record = findEvent(state, event);
        requireNoSettling(state, record);
        const [newest, ended] = [state.get(key), state.get(endedKey)];
        const ticket = ended ?? newest;
        if (!newest || ticket?.issue !== issue) return refuse('UNKNOWN_TICKET', { field: 'issue', ticket: id, issue });
        const supply = requireAllotment(state, event, ticket, allotment);
        requireConcerned(ticket, holders);
        const found = { event: record, supply, ticket, newestIssue: newest.issue, now: context.now };
        const due = dueOnRecord(found, state.get(gateKey(event, 'cancellation')));
        if (!due) return refuse('NOTHING_DUE', { field: 'ticket', ticket: id, state: ticket.state });
        if (ended) state.put(endedKey, due.after);
        if (newest.issue === issue) state.put(key, due.after);
        if (due.handedBack) adjustHolder(state, event, ticket.holder, { held: -1 });
        if (due.purchaseUndone) undoPurchase(state, event, ticket);
        return credit(state, record, due);
      },
    };
  });

const refundCommand = z.strictObject({ kind: z.literal('ticket.refund'), claim: compactJws, holders });

/** After a postponement: the holder gives the ticket back at once and gets what he paid. */
export const prepareRefund: Prepare = (raw) => {
  const command = parseWith(refundCommand, raw, '');
  const claim = decodeStatement('refund-claim', command.claim, 'claim');
  const { event, jti, allotment } = claim.payload;
  const key = ticketKeyOf(claim.payload, 'claim');
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, claim.signer, jti),
    digest: claim.digest,
    reads: [
      eventKey(event),
      latestMarketKey(event),
      gateKey(event, 'refunds'),
      allotmentKey(event, allotment),
      ...enrolmentKeysOf(event, claim),
    ],
    writes: [key, ...command.holders.map((holder) => holderKey(event, holder))],
    decide(state, context) {
      requireCurrent(claim, event, context);
      const record = requireEvent(state, event);
      requireNoSettling(state, record);
      requireGate(state, record, 'refunds', context);
      const ticket = requireTicket(state, claim.payload, 'claim');
      // Who was inside when the event was broken off too.
      requireState(ticket, HELD, 'claim');
      requireHolder(ticket, requireGivingHolder(state, record, claim), 'claim.header.jwk');
      const supply = requireAllotment(state, event, ticket, allotment, 'claim');
      requireConcerned(ticket, command.holders);
      const policy = policyOf(record, supply.priceClass);
      state.put(key, withoutSurplus({ ...ticket, state: 'refunded', change: ticket.change + 1 }));
      adjustHolder(state, event, ticket.holder, { held: -1 });
      undoPurchase(state, event, ticket);
      return credit(state, record, unwind({ event: record, ticket, supply, policy }));
    },
  };
};

function requireConcerned(ticket: TicketRecord, named: readonly string[]): void {
  const expected = concernedHolders(ticket);
  const same = expected.length === named.length && expected.every((holder) => named.includes(holder));
  require(same, 'PAYEES_MISMATCH', { field: 'holders', expected: expected.join(' ') });
}

/** The purchase no longer counts against its buyer's limit. */
function undoPurchase(state: State, event: string, { holder, buyer = holder, resales }: TicketRecord): void {
  adjustHolder(state, event, buyer, resales ? { boughtResale: -1 } : { boughtPrimary: -1 });
}

function credit(state: State, { event, policyVersion }: EventRecord, { credits, entries }: Refund): Judgement {
  for (const [holder, balanceMinor] of credits) adjustHolder(state, event, holder, { balanceMinor });
  const [holders, amountsMinor] = [credits.map(([holder]) => holder), credits.map(([, amountMinor]) => amountMinor)];
  return { result: { holders, amountsMinor, policy: policyVersion }, entries };
}
