/** Databases of older versions, with rows in them, opened by this one: on PGlite and on a PostgreSQL server. */
import { expect } from 'chai';
import { sql, type Kysely } from 'kysely';
import { migrated, type Migrations } from '../../gateway/database/open-migrated.js';
import { MIGRATIONS as READ_MODEL } from '../../gateway/projection/migrations/index.js';
import type { Database } from '../../gateway/projection/open-tables.js';
import type { Tables as ReadModelTables } from '../../gateway/projection/tables.js';
import { MIGRATIONS as STORE } from '../../gateway/store/migrations/index.js';
import type { Store } from '../../gateway/store/open-store.js';
import type { StoreTables } from '../../gateway/store/tables.js';
import type { LentDatabase } from './lent-databases.js';
import { LinkedChain } from './linked-chain.js';
import { aProjector, copyOf, differenceOf, record } from './read-model.js';
import { aSale } from './statements.js';
import { onSale } from './world.js';

/** As it was when there were so many migrations. */
const older = <Tables>(db: Kysely<Tables>, { remembered, all }: Migrations, count: number): Promise<Kysely<Tables>> =>
  migrated(db, { remembered, all: Object.fromEntries(Object.entries(all).slice(0, count)) });

/** Rows of a read model of the first version, of an event that the ledger does not have. */
const FIRST_ROWS: readonly string[] = [
  `insert into checkpoint values (1, 'channel', 'guichet', 7, 'aa')`,
  `insert into organizations values ('GoneMSP', 'Gone', 'organizer', 'active')`,
  `insert into events (event, name, organizer, venue, currency, state, starts_at, ends_at, record)
     values ('GoneMSP:night', 'Night', 'GoneMSP', 'VenueMSP', 'EUR', 'active', '2030', '2031', '{}')`,
  `insert into gates values ('GoneMSP:night', 'doors', 'open', false, true)`,
  `insert into allotments (event, allotment, seller, price_class, total_minor, state, places, record, taken, sold)
     values ('GoneMSP:night', 'floor', 'GoneMSP', 'standard', 100, 'open', 8, '{}', '\\x01', 1)`,
  `insert into tickets values ('GoneMSP:night', 'floor:A:1', 'floor', 'sold', 1, 0, 'somebody', '{"state":"sold"}')`,
  `insert into listings values ('GoneMSP:night', 'floor:A:1', 1, 'floor', 'somebody', 'ResellerMSP', 1, 2, 3, 'open')`,
  `insert into resales values ('GoneMSP:night', 'floor:A:1', 1, 1, 'somebody', 'ResellerMSP', 2, 1, 5)`,
  `insert into holders values ('GoneMSP:night', 'somebody', 1, 1, 0, 0, 0)`,
  `insert into accounts values ('GoneMSP:night', 'GoneMSP', 100)`,
  `insert into history values ('GoneMSP:night', 'floor:A:1', 5, 0, 'tx', 'sold', 1, 0, 'somebody')`,
  `insert into markets values ('GoneMSP:night', 1, 'primary', 'open', '2030')`,
];

const HOLD = {
  ...{
    hold: 'hold-of-before',
    caller: 'operator OrganizerMSP',
    id: 'cart-1',
    asked: 'digest',
    event: 'OrganizerMSP:night',
  },
  ...{ allotment: 'floor', price_class: 'standard', seats: ['floor:A:1'], sold: ['floor:A:2'] },
  ...{ created_at: 1_000, expires_at: 9_007_199_254_740_991, latest_at: 3_000, released: false },
};
const HELD = { event: HOLD.event, place: 'floor:A:1', hold: HOLD.hold, expires_at: HOLD.expires_at };
const WEBHOOK = {
  ...{ id: 'hook', url: 'https://example.org/', event: null, types: '["ticket.sold"]', max_events: 5, state: 'active' },
  ...{ position: '7', version: 2, key_id: 'key', secret: 'sealed', previous_secret: null, previous_until_ms: null },
  ...{
    failures: 0,
    failing_since_ms: null,
    next_attempt_ms: 0,
    attempts: 1,
    created_ms: 1,
    lease_holder: null,
    lease_until_ms: 0,
  },
};

const KEPT = {
  ...{ name: 'answer-of-before', asks: 'digest', holder: 'a-gateway', lease_until: 1 },
  ...{ answer: 'sealed', expires_at: 9_007_199_254_740_991 },
};

/** How many of the store's migrations there were with this one. */
const until = (migration: string): number => Object.keys(STORE.all).indexOf(migration) + 1;

/** @param lend an empty database */
export function migrationCases(lend: () => Promise<LentDatabase>): void {
  let anew: readonly LentDatabase[];
  let made: Database;
  let madeStore: Store;
  let old: LentDatabase;
  before(async () => {
    const [first, second] = [await lend(), await lend()];
    anew = [first, second];
    made = await migrated(await first.open(), READ_MODEL);
    madeStore = await migrated(await second.open(), STORE);
  });
  after(async () => {
    await Promise.all([made.destroy(), madeStore.destroy()]);
    for (const each of anew) await each.giveBack();
  });
  beforeEach(async () => {
    old = await lend();
  });
  afterEach(() => old.giveBack());
  const told = () => {
    const { ledger, floor } = onSale();
    const chain = LinkedChain.of(ledger);
    record(chain, ledger, aSale(floor, { seats: ['floor:A:1'] }).command, { caller: 'ResellerMSP' });
    return { ledger, chain };
  };

  it('of the first read model have its rows made again from blocks, as if they were new', async () => {
    const first = await older(await old.open(), READ_MODEL, 1);
    for (const row of FIRST_ROWS) await sql.raw(row).execute(first);
    await first.destroy();
    const opened = await migrated(await old.open<ReadModelTables>(), READ_MODEL);
    const { ledger, chain } = told();
    expect(await schemaOf(opened)).to.deep.equal(await schemaOf(made));
    expect((await aProjector(opened).checkpoint()).next).to.equal(0);
    for (const db of [opened, made]) await aProjector(db).apply(chain.blocks);
    expect(await copyOf(opened)).to.deep.equal(await copyOf(made));
    expect(await differenceOf(opened, chain, ledger)).to.be.undefined;
    await opened.destroy();
  });

  it('of the read model of lean rows keep them', async () => {
    const { ledger, chain } = told();
    const lean = await older<never>(await old.open(), READ_MODEL, 2);
    await aProjector(lean).apply(chain.blocks);
    const before = await copyOf(lean);
    expect(before.tickets).to.have.length(1);
    await lean.destroy();
    const opened = await migrated(await old.open<ReadModelTables>(), READ_MODEL);
    expect(await copyOf(opened)).to.deep.equal(before);
    expect((await aProjector(opened).checkpoint()).next).to.equal(chain.blocks.length);
    expect(await differenceOf(opened, chain, ledger)).to.be.undefined;
    await opened.destroy();
  });

  for (const count of [1, until('0020-webhooks'), until('0041-kept-answers')])
    it(`of the store as it was with ${count} of its migrations keep their rows`, async () => {
      const first = await older<never>(await old.open(), STORE, count);
      await insert(first, 'holds', { ...HOLD, seats: JSON.stringify(HOLD.seats), sold: JSON.stringify(HOLD.sold) });
      await insert(first, 'held_seats', HELD);
      if (count > 1) await insert(first, 'webhooks', WEBHOOK);
      const hasAnswers = count >= until('0041-kept-answers');
      if (hasAnswers) await insert(first, 'kept_answers', KEPT);
      await first.destroy();
      const opened = await migrated(await old.open<StoreTables>(), STORE);
      expect(await schemaOf(opened)).to.deep.equal(await schemaOf(madeStore));
      expect(await opened.selectFrom('holds').selectAll().execute()).to.deep.equal([HOLD]);
      expect(await opened.selectFrom('held_seats').selectAll().execute()).to.deep.equal([HELD]);
      const webhooks = await opened.selectFrom('webhooks').selectAll().execute();
      expect(webhooks).to.deep.equal(count > 1 ? [{ ...WEBHOOK, rotation: null }] : []);
      const kept = await opened.selectFrom('kept_answers').selectAll().execute();
      expect(kept).to.deep.equal(hasAnswers ? [{ ...KEPT, shelf: '' }] : []);
      const revision = await opened.selectFrom('api_key_revision').selectAll().execute();
      expect(revision).to.deep.equal([{ id: 1, revision: 0 }]);
      await opened.destroy();
    });
}

const insert = (db: Kysely<never>, table: string, row: Readonly<Record<string, unknown>>) =>
  sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((name) => sql.ref(name)))})
    values (${sql.join(Object.values(row))})`.execute(db);

/** Columns, indexes and constraints of every table but those that remember migrations. */
async function schemaOf<Tables>(db: Kysely<Tables>): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select 'column' as kind, table_name as "table", column_name as name,
      concat_ws(' ', data_type, is_nullable, column_default, collation_name, generation_expression) as of
      from information_schema.columns where table_schema = 'public'
    union all select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
    union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    order by 1, 2, 3`.execute(db);
  expect(rows.length).to.be.above(50);
  return rows;
}
