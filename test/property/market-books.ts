/** What must be true of a market's books at any time, and what each person has paid and got. */
import { expect } from 'chai';
import { endedTicketKey, entriesKey, ticketKey } from '../../chaincode/domain/keys.js';
import { ESCROW_ACCOUNT, holderAccount, shareOf, type Entry } from '../../chaincode/domain/money.js';
import type { EntriesRecord, TicketRecord } from '../../chaincode/domain/records.js';
import { booksOf, countsOf } from '../support/market.js';
import { PEOPLE, PLACES, type Step } from './market-steps.js';
import { CAP_BPS, play, ticketAt, type Market } from './market-world.js';

/** What each person has given for tickets, by thumbprint; a gift passes on what was paid for it. */
export type Paid = Map<string, number>;

/** Plays a step. @returns its code, or its kind if it was accepted */
export function playAndRecord(world: Market, step: Step, paid: Paid): string {
  const at = 'place' in step ? PLACES[step.place]! : undefined;
  const before = at === undefined ? undefined : ticketAt(world, at);
  const outcome = play(world, step);
  if (!outcome) return 'NOTHING';
  if (!outcome.accepted) return outcome.code;
  const after = at === undefined ? undefined : world.ledger.read(ticketKey(world.event.event, at));
  if (after && (step.type === 'sell' || step.type === 'buy')) add(paid, after.holder, after.paidMinor);
  if (after && before && step.type === 'transfer') {
    add(paid, before.holder.kid, -after.paidMinor);
    add(paid, after.holder, after.paidMinor);
  }
  sumsToZero(world, outcome.receipt.tx);
  return step.type;
}

const add = (paid: Paid, who: string, minor: number) => paid.set(who, (paid.get(who) ?? 0) + minor);

function sumsToZero({ ledger, event }: Market, tx: string): void {
  const lines = ledger.read(entriesKey(event.event, tx)) ?? [];
  for (const [, ...entries] of lines) expect(entries.reduce((sum, [, minor]) => sum + minor, 0)).to.equal(0);
}

/** Every issue of every place, each once. */
export function issues({ ledger, event }: Market): readonly TicketRecord[] {
  return PLACES.flatMap((at) => {
    const newest = ledger.read(ticketKey(event.event, at));
    const older = Array.from({ length: Math.max(0, (newest?.issue ?? 0) - 1) }, (_, index) =>
      ledger.read(endedTicketKey(event.event, at, index + 1)),
    );
    return [...older, newest].filter((record): record is TicketRecord => record !== undefined);
  });
}

/** Nobody is in the red, nothing is lost, and what is held back is what tickets say. */
export function expectBalanced(world: Market): void {
  const { ledger, event } = world;
  const books = booksOf(ledger, event.event);
  expect(Object.values(books).reduce((sum, minor) => sum + minor, 0)).to.equal(0);
  for (const person of PEOPLE) {
    const { balanceMinor } = countsOf(ledger, event.event, person);
    expect(balanceMinor).to.be.at.least(0);
    expect(balanceMinor).to.equal(books[holderAccount(person.kid)] ?? 0);
  }
  const heldBack = issues(world).flatMap(({ resales = [] }) => resales.map(({ surplusMinor }) => surplusMinor));
  expect(books[ESCROW_ACCOUNT] ?? 0).to.equal(heldBack.reduce((sum, minor) => sum + minor, 0));
}

/** Holders hold the tickets that are theirs, and no count is below what they still have bought. */
export function expectCounted(world: Market): void {
  const { ledger, event } = world;
  const live = PLACES.map((at) => ledger.read(ticketKey(event.event, at))).filter(
    (record) => record && ['sold', 'listed', 'admitted', 'exited'].includes(record.state),
  );
  for (const person of PEOPLE) {
    const { held, boughtPrimary, boughtResale, resold } = countsOf(ledger, event.event, person);
    expect(held).to.equal(live.filter((record) => record?.holder === person.kid).length);
    for (const count of [boughtPrimary, boughtResale, resold]) expect(count).to.be.at.least(0);
  }
}

/** However often a ticket changed hands, no buyer has paid more in all than the cap on the first price. */
export function expectCapped(world: Market): void {
  for (const { firstPriceMinor, resales = [] } of issues(world)) {
    for (const { totalMinor } of resales) expect(totalMinor).to.be.at.most(shareOf(firstPriceMinor, CAP_BPS));
  }
}

/** What a person got in all, payouts aside: they only change where it is. */
export function gotOf({ ledger, event }: Market, who: string, kinds: readonly Entry[2][]): number {
  let got = 0;
  for (const [key, record] of ledger.records()) {
    if (!key.startsWith(`${event.event}/m/`)) continue;
    for (const [account, minor, kind] of (record as EntriesRecord).flatMap(([, ...entries]) => entries)) {
      if (account === holderAccount(who) && kinds.includes(kind)) got += minor;
    }
  }
  return got;
}
