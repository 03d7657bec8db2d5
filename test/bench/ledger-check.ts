/** After a drop: was every acknowledged seat sold once, to its buyer, with both signatures, and nothing else? And how many keys did it take? */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { FabricRecords, type Page } from '../../gateway/fabric/records.js';
import { compareSales, requireSold, type SaleCheck } from './sale-check.js';
import type { Order } from './seat-drop-load.js';
import { signedSales } from './signature-check.js';

export interface LedgerCheck extends SaleCheck {
  /** Keys of tickets, holders, commands and entries. */
  readonly saleKeys: number;
  /** Transactions that sold something. */
  readonly transactions: number;
}

/** @param orders acknowledged, all of them @throws {Error} where a seat is not its buyer's, or nobody signed for it */
export async function checkLedger(
  profile: FabricProfile,
  event: string,
  orders: readonly Order[],
): Promise<LedgerCheck> {
  return withLedger(profile, async (readAll, connection) => {
    const holders = await holdersOf(readAll, event);
    const told = orders.flatMap(({ buyer, tickets }) => tickets.map((id) => [keyOf(id), buyer] as const));
    const countOf = async (kind: string) => (await readAll(`${event}/${kind}/`)).length;
    const [accounts, commands] = [await countOf('h'), await countOf('r')];
    const transactions = await bookedIn(readAll, event);
    const signed = byKey(await signedSales(connection, transactions));
    return {
      ...requireSold(event, told.length, compareSales({ holders, told, signed })),
      saleKeys: holders.size + accounts + commands + transactions.length,
      transactions: transactions.length,
    };
  });
}

const keyOf = (ticket: string): string => {
  const { event, place } = parseTicketId(ticket);
  return ticketKey(event, place);
};

export const byKey = (buyers: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...buyers].map(([ticket, buyer]) => [keyOf(ticket), buyer]));

/** By the key of a ticket. */
export async function holdersOf(readAll: ReadAll, event: string): Promise<ReadonlyMap<string, string>> {
  const tickets = await readAll<TicketRecord>(`${event}/t/`);
  return new Map(tickets.map(({ key, record }) => [key, record.holder]));
}

/** Ids of the transactions that moved money for the event, and so all that sold something. */
export async function bookedIn(readAll: ReadAll, event: string): Promise<readonly string[]> {
  const prefix = `${event}/m/`;
  return (await readAll(prefix)).map(({ key }) => key.slice(prefix.length));
}

/** All records below a prefix. */
export type ReadAll = <T>(prefix: string) => Promise<Page<T>['records']>;

export async function withLedger<R>(
  profile: FabricProfile,
  check: (readAll: ReadAll, connection: Connection) => Promise<R>,
): Promise<R> {
  const connection = new Connection({ profile, clock: systemClock });
  try {
    const records = new FabricRecords(connection);
    return await check((prefix) => readPages(records, prefix), connection);
  } finally {
    connection.close();
  }
}

async function readPages<T>(records: FabricRecords, prefix: string): Promise<Page<T>['records']> {
  const all: Page<T>['records'][number][] = [];
  let after: string | undefined;
  do {
    const page = await records.list<T>(prefix, after === undefined ? {} : { after });
    all.push(...page.records);
    after = page.next;
  } while (after !== undefined);
  return all;
}
