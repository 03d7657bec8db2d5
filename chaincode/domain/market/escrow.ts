/**
 * Deposits: captured money, held until the market is over or, before its close, taken back. It comes from a reseller that took it, goes to those a trade pays, and what is left goes to the
 * person's balance; so the escrow of a market ends at zero.
 */
import { ESCROWED_DEPOSITS, addMinor, holderAccount, type Entry } from '../money.js';
import { require } from '../refusal.js';
import type { State } from '../state.js';
import { adjustHolder, holderOf } from '../ticket.js';
import { depositKey, guaranteeKey } from './keys.js';
import type { DepositRecord } from './records.js';

/** Which market, and whose deposit. */
export interface Depositor {
  readonly event: string;
  readonly market: number;
  readonly credential: string;
}

/** A balance to which deposits are still given back before the close: what is paid in and taken back again and again can't overflow a later settlement. */
const MAX_WITHDRAWN_MINOR = 1_000_000_000_000;

/** @returns none of who has taken it back: the next one may be with another reseller */
export function depositOf(state: State, { event, market, credential }: Depositor): DepositRecord | undefined {
  const record = state.get(depositKey(event, market, credential));
  return record && record.amountMinor > 0 ? record : undefined;
}

/** @returns the entries of money that came in. The same reseller holds all of one person. */
export function takeDeposit(state: State, depositor: Depositor, reseller: string, amountMinor: number): Entry[] {
  const { event, market, credential } = depositor;
  const before = depositOf(state, depositor) ?? { reseller, amountMinor: 0, heldMinor: 0 };
  state.put(depositKey(event, market, credential), {
    ...before,
    amountMinor: addMinor(before.amountMinor, amountMinor, 'deposit.amountMinor'),
    heldMinor: addMinor(before.heldMinor, amountMinor, 'deposit.amountMinor'),
  });
  return [
    [reseller, -amountMinor, 'deposit'],
    [ESCROWED_DEPOSITS, amountMinor, 'deposit'],
  ];
}

/**
 * One trade of a person is settled, or has lapsed and costs nothing; with the last of them what is left is released.
 * @param of how many trades the person has
 * @throws {Error} if more were spent than is held: clearing sees to it
 */
export function spendDeposit(state: State, depositor: Depositor, costMinor: number, of: number): Entry[] {
  const before = depositOf(state, depositor);
  if (!before || before.heldMinor < costMinor)
    throw new Error(`${depositor.credential} would spend more than its deposit`);
  const settled = (before.settled ?? 0) + 1;
  const { event, market, credential } = depositor;
  state.put(depositKey(event, market, credential), { ...before, heldMinor: before.heldMinor - costMinor, settled });
  return settled === of ? releaseDeposit(state, depositor) : [];
}

/** Everything that is still held goes to the person's balance. @returns no entries where there is nothing */
export function releaseDeposit(state: State, depositor: Depositor): Entry[] {
  const before = depositOf(state, depositor);
  if (!before || before.heldMinor === 0) return [];
  const { event, market, credential } = depositor;
  const { heldMinor } = before;
  state.put(depositKey(event, market, credential), { ...before, heldMinor: 0 });
  adjustHolder(state, event, credential, { balanceMinor: heldMinor });
  return [
    [ESCROWED_DEPOSITS, -heldMinor, 'release'],
    [holderAccount(credential), heldMinor, 'release'],
  ];
}

/**
 * As if it had never been deposited, for its reseller's guarantee too; before the close all of it is held.
 * @throws {Refusal} AMOUNT_OVERFLOW where so much waits to be paid out already
 */
export function withdrawDeposit(state: State, depositor: Depositor, { reseller, heldMinor }: DepositRecord): Entry[] {
  const { event, market, credential } = depositor;
  const { balanceMinor } = holderOf(state, event, credential);
  const bounded = balanceMinor + heldMinor <= MAX_WITHDRAWN_MINOR;
  require(bounded, 'AMOUNT_OVERFLOW', {
    field: 'withdrawal.credential',
    balanceMinor,
    limitMinor: MAX_WITHDRAWN_MINOR,
  });
  const entries = releaseDeposit(state, depositor);
  state.put(depositKey(event, market, credential), { reseller, amountMinor: 0, heldMinor: 0 });
  const key = guaranteeKey(event, market, reseller);
  state.put(key, { depositsMinor: (state.get(key)?.depositsMinor ?? 0) - heldMinor });
  return entries;
}
