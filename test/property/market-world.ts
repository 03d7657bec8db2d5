/** A small market for random histories: two seats, four people, one event with fees, royalty and venue share; and what a step becomes on it. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import { shareOf } from '../../chaincode/domain/money.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { concernedHolders } from '../../chaincode/domain/settlement.js';
import { balanceOf, issueOf } from '../support/market.js';
import { aListing, aResale, aWithdrawal, type TestListing } from '../support/resales.js';
import { aPayout, aPolicyChange, aRefundClaim, aSettlement } from '../support/settlements.js';
import {
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  aReturn,
  aSale,
  aTransfer,
  aVoid,
  NOW,
  SCHEDULE,
  type Command,
  type Held,
  type TestAllotment,
  type TestEvent,
} from '../support/statements.js';
import { TestLedger } from '../support/test-ledger.js';
import { PEOPLE, PLACES, TIMES, type Step, type Steps } from './market-steps.js';

const SERVICE = { kind: 'service', payee: 'ResellerMSP', amountMinor: 201 };
const LEVY = { kind: 'levy', payee: 'VenueMSP', amountMinor: 37 };
export const CAP_BPS = 12_345;
export interface Market {
  readonly ledger: TestLedger;
  readonly event: TestEvent;
  readonly floor: TestAllotment;
  /** The last listing of each place. */
  readonly listings: Map<string, TestListing>;
  now: string;
}

export function market(policy: PolicyPart): Market {
  const ledger = TestLedger.founded();
  const rules = { capBps: CAP_BPS, organizerRoyaltyBps: 333, venueBps: 222, returnDeadlineSeconds: 3600, ...policy };
  const event = anEvent({ policy: { perPersonLimit: { primary: 100, resale: 100 }, ...rules } });
  const floor = anAllotment(event, { facePriceMinor: 1999, fees: [SERVICE, LEVY] });
  ledger.accept([event.command, floor.command]);
  return { ledger, event, floor, listings: new Map(), now: NOW };
}

/** Everything is submitted by who may. */
function submit({ ledger, now }: Market, command: Command, caller = 'ResellerMSP'): Outcome {
  return ledger.submit(command, { caller, now });
}

/** @returns the outcome of what the step tries */
export function play(world: Market, step: Step): Outcome | undefined {
  switch (step.type) {
    case 'sell': {
      const options = { seats: [PLACES[step.place]!], buyer: PEOPLE[step.buyer]! };
      return submit(world, aSale(world.floor, options).command);
    }
    case 'payout': {
      const holder = PEOPLE[step.who]!;
      const amountMinor = shareOf(balanceOf(world.ledger, world.event.event, holder), step.shareBps);
      return submit(world, aPayout(world.event, holder, Math.max(1, amountMinor)));
    }
    case 'milder':
    case 'postpone':
    case 'cancel':
    case 'wait':
      return playEvent(world, step);
    default: {
      const ticket = ticketAt(world, PLACES[step.place]!);
      return ticket && playTicket(world, step, ticket);
    }
  }
}

type TicketStep = Exclude<Step, Steps['sell' | 'payout' | 'milder' | 'postpone' | 'cancel' | 'wait']>;

function playEvent(world: Market, step: Steps['milder' | 'postpone' | 'cancel' | 'wait']): Outcome | undefined {
  const { ledger, event } = world;
  const { change, policyVersion } = ledger.read<{ change: number; policyVersion: number }>(`${event.event}/e`)!;
  switch (step.type) {
    case 'milder':
      return submit(world, aPolicyChange(event, { refundFees: 'all' }, { version: policyVersion + 1 }));
    case 'postpone':
      return submit(world, anEventChange(event, { action: 'postpone', schedule: SCHEDULE, change }));
    case 'cancel':
      return submit(world, anEventChange(event, { change }));
    case 'wait': {
      const until = TIMES[step.until]!;
      if (until <= world.now) return undefined;
      world.now = until;
      return submit(world, anAdvance(event));
    }
  }
}

function playTicket(world: Market, step: TicketStep, ticket: Held): Outcome | undefined {
  const { ledger, event, floor, listings } = world;
  const at = PLACES[step.place]!;
  switch (step.type) {
    case 'list': {
      const listing = aListing(ticket, floor, termsOf(step, issueOf(ledger, ticket)));
      const outcome = submit(world, listing.command);
      if (outcome.accepted) listings.set(at, listing);
      return outcome;
    }
    case 'buy': {
      const listing = listings.get(at);
      return listing && submit(world, aResale(listing, PEOPLE[step.buyer]).command);
    }
    case 'withdraw': {
      const listing = listings.get(at);
      return listing && submit(world, aWithdrawal(listing));
    }
    case 'transfer':
      return submit(world, aTransfer(ticket, PEOPLE[step.to]));
    case 'return':
      return submit(world, aReturn(ticket, floor));
    case 'void':
      return submit(world, aVoid(ticket, event, { reason: step.reason }));
    case 'claim':
      return submit(world, aRefundClaim(ticket, floor, concernedHolders(issueOf(ledger, ticket))));
    case 'settle':
      return settleIssue(world, ticket, (ticket.issue ?? 1) - step.issuesAgo);
  }
}

/** The total follows from the ask: royalty and venue share come out of it. */
function termsOf({ askBps, sellerFeeBps, buyerFeeBps }: Steps['list'], { firstPriceMinor }: TicketRecord) {
  const askMinor = shareOf(firstPriceMinor, askBps);
  return { askMinor, sellerFeeMinor: shareOf(askMinor, sellerFeeBps), buyerFeeMinor: shareOf(askMinor, buyerFeeBps) };
}

export function settleIssue(world: Market, ticket: Held, issue: number): Outcome | undefined {
  if (issue < 1) return undefined;
  const record = issueOf(world.ledger, ticket, issue);
  return submit(world, aSettlement(ticket, record, { issue }));
}

/** The ticket of a place as its holder speaks of it; undefined if it was never sold. */
export function ticketAt({ ledger, event }: Market, at: string): Held | undefined {
  const record = ledger.read(ticketKey(event.event, at));
  const holder = PEOPLE.find(({ kid }) => kid === record?.holder);
  if (!record || !holder) return undefined;
  const { issue, change } = record;
  return { event: event.event, ticket: `${event.event}:${at}`, holder, issue, change };
}
