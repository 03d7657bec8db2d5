/** The read model over a test's ledger: its tables, what is compared with them, and a whole copy of them. */
import { sql, type KyselyPlugin } from 'kysely';
import type { Outcome } from '../../chaincode/domain/batch.js';
import type { RecordsReader } from '../../gateway/fabric/records.js';
import { catchUp, type StoredBlocks } from '../../gateway/projection/catch-up.js';
import type { Database } from '../../gateway/projection/open-tables.js';
import { Projector, type ProjectorOptions } from '../../gateway/projection/projector.js';
import { firstDifference, type Difference } from '../../gateway/projection/verify.js';
import { WorldState } from '../../gateway/projection/world-state.js';
import { LinkedChain } from './linked-chain.js';
import { CHANNEL, type Command } from './statements.js';
import type { SubmitOptions, TestLedger } from './test-ledger.js';

export const aProjector = (db: Database, options: Partial<ProjectorOptions> = {}): Projector =>
  new Projector({ db, channel: CHANNEL, chaincode: 'guichet', report: () => undefined, ...options });

/** Submits, and has what was written as a block. */
export function record(chain: LinkedChain, ledger: TestLedger, command: Command, options?: SubmitOptions): Outcome {
  const outcome = ledger.submit(command, options);
  if (ledger.written.length > 0) chain.write(ledger.written);
  return outcome;
}

/** A peer's records, in pages of few. */
export function worldOf(ledger: TestLedger, page = 7): WorldState {
  const all = () => [...ledger.records()].map(([key, value]) => ({ key, record: value })).sort(byKey);
  const list = (prefix: string, { after = '' }: { after?: string } = {}) => {
    const found = all().filter(({ key }) => key.startsWith(prefix) && key > after);
    const records = found.slice(0, page);
    return Promise.resolve({ records, ...(found.length > page && { next: records.at(-1)!.key }) });
  };
  const read = (key: string) => Promise.resolve(ledger.read(key));
  const readAll = (keys: readonly string[]) => Promise.resolve(keys.map((key) => ledger.read(key)));
  return new WorldState({ list, read, readAll } as Pick<RecordsReader, 'read' | 'readAll' | 'list'>);
}

const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);

export function differenceOf(db: Database, chain: StoredBlocks, ledger: TestLedger): Promise<Difference | undefined> {
  const follow = () => catchUp(aProjector(db), chain);
  return firstDifference({ db, world: worldOf(ledger), catchUp: follow, pause: () => Promise.resolve() });
}

const TABLES: Readonly<Record<string, string>> = {
  checkpoint: 'id',
  organizations: 'msp_id',
  events: 'event',
  gates: 'event, gate',
  allotments: 'event, allotment',
  tickets: 'event, place',
  listings: 'event, place',
  resales: 'event, place, issue, number',
  holders: 'event, holder',
  accounts: 'event, account',
  history: 'event, block',
  places: 'event, allotment, stretch',
  markets: 'event, market',
};

/** Every row of every table. */
export async function copyOf(db: Database): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const copy: Record<string, readonly unknown[]> = {};
  for (const [table, order] of Object.entries(TABLES)) {
    const { rows } = await sql`select * from ${sql.table(table)} order by ${sql.raw(order)}`.execute(db);
    copy[table] = rows.map((row) => JSON.parse(JSON.stringify(row, bytesAsHex)) as unknown);
  }
  return copy;
}

/** A Buffer has its own JSON before anybody is asked. */
function bytesAsHex(this: unknown, name: string, value: unknown): unknown {
  const given = (this as Record<string, unknown>)[name];
  return given instanceof Uint8Array ? Buffer.from(given).toString('hex') : value;
}

export class Crash extends Error {}

/** The same database, on which the n-th statement from now fails; in a transaction as everywhere. */
export function crashingAt(db: Database, statement: number): Database {
  let left = statement;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      left -= 1;
      if (left === 0) throw new Crash();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return db.withPlugin(plugin);
}
