/** Claims, settlements, payouts and changes of policy for tests. */
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { concernedHolders } from '../../chaincode/domain/settlement.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import {
  claims,
  holderIdOf,
  newId,
  signStatement,
  version,
  type Command,
  type Held,
  type TestAllotment,
  type TestEvent,
  type TestKey,
} from './statements.js';

/** After a postponement. @param holders all who bought it, its holder alone unless given */
export function aRefundClaim(
  of: Held,
  { payload: { allotment } }: TestAllotment,
  holders: readonly string[] = [holderIdOf(of.holder)],
  overrides: Partial<Payload<'refund-claim'>> = {},
): Command {
  const claim = signStatement('refund-claim', { ...version(of), allotment, ...overrides }, of.holder);
  return { kind: 'ticket.refund', claim, holders: [...holders] };
}

/** @param record the ticket's, of the issue in question: who is concerned depends on it */
export function aSettlement(
  { event, ticket }: Pick<Held, 'event' | 'ticket'>,
  record: TicketRecord,
  overrides: Record<string, unknown> = {},
): Command {
  const { issue, allotment } = record;
  const holders = concernedHolders(record);
  return { kind: 'ticket.settle', id: newId(), event, ticket, issue, allotment, holders, ...overrides };
}

/** Submitted by its payer, ResellerMSP unless told otherwise. */
export function aPayout(
  { event, payload: { currency } }: Pick<TestEvent, 'event' | 'payload'>,
  holder: TestKey,
  amountMinor: number,
  overrides: Partial<Payload<'payout'>> = {},
): Command {
  const payload = { ...claims(event), payer: 'ResellerMSP', amountMinor, currency, ...overrides };
  return { kind: 'account.payout', payout: signStatement('payout', payload, holder) };
}

/** The second version of an event's rules, unless overridden. */
export function aPolicyChange(
  { event, eventKey }: TestEvent,
  policy: PolicyPart,
  overrides: Partial<Payload<'policy'>> = {},
  by = eventKey,
): Command {
  const payload = { ...claims(event), version: 2, policy, ...overrides };
  return { kind: 'event.policy', statement: signStatement('policy', payload, by) };
}

/** What an organization says for all its events from now on. */
export const policyDefaults = (policy: PolicyPart): Command => ({ kind: 'policy.set', id: newId(), policy });
