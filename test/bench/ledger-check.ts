/** After a drop: was every acknowledged seat sold once, to its buyer, with both signatures, and nothing else? And how many keys did it take? */
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { FabricRecords, type Page } from '../../gateway/fabric/records.js';
import type { Order } from './seat-drop-load.js';
import { signedSales } from './signature-check.js';

export interface LedgerCheck {
  readonly sold: number;
  /** Seats that were acknowledged to two buyers, belong to another than was told, or were sold unasked. */
  readonly oversold: number;
  /** Tickets in world state for which no block has a request and a sale, both signed, of that buyer. */
  readonly unsigned: number;
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
  return withLedger(profile, async (readAll, connection) => {
    const tickets = new Map((await readAll<TicketRecord>(`${event}/t/`)).map(({ key, record }) => [key, record]));
    const owners = orders.flatMap(({ buyer, tickets: ids }) =>
      ids.map((id) => [ticketKey(event, parseTicketId(id).place), buyer] as const),
    );
    const wrong = owners.filter(([key, buyer]) => tickets.get(key)?.holder !== buyer).length;
    const countOf = async (kind: string) => (await readAll(`${event}/${kind}/`)).length;
    const [holders, commands] = [await countOf('h'), await countOf('r')];
    const transactions = (await readAll(`${event}/m/`)).map(({ key }) => key.slice(`${event}/m/`.length));
    const buyers = new Map(
      [...(await signedSales(connection, transactions))].map(([ticket, buyer]) => {
        return [ticketKey(event, parseTicketId(ticket).place), buyer] as const;
      }),
    );
    return {
      sold: tickets.size,
      oversold: wrong + Math.abs(tickets.size - owners.length),
      unsigned: [...tickets].filter(([key, { holder }]) => buyers.get(key) !== holder).length,
      saleKeys: tickets.size + holders + commands + transactions.length,
      transactions: transactions.length,
    };
  });
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
