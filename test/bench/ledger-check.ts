/** After a drop, from world state alone: was every acknowledged seat sold once, to its buyer, and nothing else? And how many keys did it take? */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { FabricRecords, type Page } from '../../gateway/fabric/records.js';
import type { Order } from './seat-drop-load.js';

export interface LedgerCheck {
  readonly sold: number;
  /** Seats that were acknowledged to two buyers, belong to another than was told, or were sold unasked. */
  readonly oversold: number;
  /** Keys of tickets, holders, commands and entries. */
  readonly saleKeys: number;
  /** Transactions that sold something. */
  readonly transactions: number;
}

export async function checkLedger(
  profile: FabricProfile,
  event: string,
  orders: readonly Order[],
): Promise<LedgerCheck> {
  return withLedger(profile, async (readAll) => {
    const tickets = new Map((await readAll<TicketRecord>(`${event}/t/`)).map(({ key, record }) => [key, record]));
    const owners = orders.flatMap(({ buyer, tickets: ids }) =>
      ids.map((id) => [ticketKey(event, parseTicketId(id).place), buyer] as const),
    );
    const wrong = owners.filter(([key, buyer]) => tickets.get(key)?.holder !== buyer).length;
    const countOf = async (kind: string) => (await readAll(`${event}/${kind}/`)).length;
    const [holders, commands, transactions] = [await countOf('h'), await countOf('r'), await countOf('m')];
    return {
      sold: tickets.size,
      oversold: wrong + Math.abs(tickets.size - owners.length),
      saleKeys: tickets.size + holders + commands + transactions,
      transactions,
    };
  });
}

/** All records below a prefix. */
export type ReadAll = <T>(prefix: string) => Promise<Page<T>['records']>;

export async function withLedger<R>(profile: FabricProfile, check: (readAll: ReadAll) => Promise<R>): Promise<R> {
  const connection = new Connection({ profile, clock: systemClock });
  try {
    const records = new FabricRecords(connection);
    return await check((prefix) => readPages(records, prefix));
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
