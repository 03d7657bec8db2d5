/** Scenes of the secondary market: a ticket that is sold, listed and resold, what is due for it, and where the money is. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { endedTicketKey, holderKey, listingKey, ticketKey } from '../../chaincode/domain/keys.js';
import type { PolicyClasses, PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { EntriesRecord, HolderRecord, ListingRecord, TicketRecord } from '../../chaincode/domain/records.js';
import type { Schedule } from '../../chaincode/domain/schedule.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { aListing, aResale, type TestListing } from './resales.js';
import { aSettlement } from './settlements.js';
import { aSale, EVENT_POLICY, held, holderIdOf, type Held, type SaleOptions, type TestKey } from './statements.js';
import type { SubmitOptions, TestLedger } from './test-ledger.js';
import { asNow, onSale, type Scene } from './world.js';

/** Who executes every resale here, and pays out. */
export const BY_RESELLER = { caller: 'ResellerMSP' } as const;

export interface MarketScene extends Scene {
  /** Seat `floor:A:1` in the first buyer's hands: 20.00 and a fee of 2.00. */
  readonly ticket: Held;
}

export interface MarketOptions {
  readonly policy?: PolicyPart;
  readonly classes?: PolicyClasses;
  readonly allotment?: Partial<Payload<'allotment'>>;
  readonly sale?: SaleOptions;
  readonly schedule?: Schedule;
}

/** One ticket is sold at an event with these rules. */
export function onMarket({ policy, classes, allotment, sale, schedule }: MarketOptions = {}): MarketScene {
  const rules = { policy: { ...EVENT_POLICY, ...policy }, ...(classes && { classes }), ...(schedule && { schedule }) };
  const scene = onSale(rules, allotment);
  const sold = aSale(scene.floor, sale);
  scene.ledger.accept(sold.command);
  return { ...scene, ticket: held(sold) };
}

/** Lists the ticket as it is now. */
export function list(
  { ledger, floor }: Pick<Scene, 'ledger' | 'floor'>,
  ticket: Held,
  overrides: Partial<Payload<'listing'>> = {},
  options: SubmitOptions = {},
): TestListing {
  const listing = aListing(asNow(ledger, ticket), floor, overrides);
  ledger.accept(listing.command, { ...BY_RESELLER, ...options });
  return listing;
}

/** Lists and resells the ticket as it is now. @returns it in the hands of `buyer` */
export function sellOn(
  scene: Pick<Scene, 'ledger' | 'floor'>,
  ticket: Held,
  buyer: TestKey,
  overrides: Partial<Payload<'listing'>> = {},
  options: SubmitOptions = {},
): Held {
  const resale = aResale(list(scene, ticket, overrides, options), buyer);
  scene.ledger.accept(resale.command, { ...BY_RESELLER, ...options });
  return resale.ticket;
}

/** @param issue the newest unless given */
export function issueOf(ledger: TestLedger, { event, ticket }: Held, issue?: number): TicketRecord {
  const { place } = parseTicketId(ticket);
  const newest = ledger.read(ticketKey(event, place))!;
  return ledger.read(endedTicketKey(event, place, issue ?? newest.issue)) ?? newest;
}

/** Asks for what is due for a ticket, in the name of the reseller. */
export function settle(ledger: TestLedger, ticket: Held, options: SubmitOptions & { issue?: number } = {}): Outcome {
  const record = issueOf(ledger, ticket, options.issue);
  return ledger.submit(aSettlement(ticket, record), { ...BY_RESELLER, ...options });
}

export function listingOf(ledger: TestLedger, { event, ticket }: Held): ListingRecord | undefined {
  return ledger.read(listingKey(event, parseTicketId(ticket).place));
}

export function countsOf(ledger: TestLedger, event: string, holder: TestKey): Required<HolderRecord> {
  const nothing = { held: 0, boughtPrimary: 0, boughtResale: 0, resold: 0, balanceMinor: 0 };
  return { ...nothing, ...ledger.read(holderKey(event, holderIdOf(holder))) };
}

export const balanceOf = (ledger: TestLedger, event: string, holder: TestKey): number =>
  countsOf(ledger, event, holder).balanceMinor;

/** What every account has gained or given at an event so far. */
export function booksOf(ledger: TestLedger, event: string): Readonly<Record<string, number>> {
  const books: Record<string, number> = {};
  for (const [key, record] of ledger.records()) {
    if (!key.startsWith(`${event}/m/`)) continue;
    for (const [account, minor] of linesOf(record as EntriesRecord)) books[account] = (books[account] ?? 0) + minor;
  }
  return books;
}

const linesOf = (record: EntriesRecord) => record.flatMap(([, ...entries]) => entries);
