/** Rows that are not what the ledger says: one changed, one taken away and one too many, in each table. */
import { expect } from 'chai';
import { sql } from 'kysely';
import { gateKey } from '../../chaincode/domain/keys.js';
import { marketKey } from '../../chaincode/domain/market/keys.js';
import type { Database } from '../../gateway/projection/open-tables.js';
import { LinkedChain } from './linked-chain.js';
import { aProjector, differenceOf, record } from './read-model.js';
import { aListing, aResale } from './resales.js';
import { aSale, held } from './statements.js';
import type { TestLedger } from './test-ledger.js';
import { onSale } from './world.js';

/** The table that verify names, what is changed, and what is added beside a row that is there. */
const PLANTED: readonly (readonly [table: string, found: string, change: string, more?: string])[] = [
  ['organizations', 'organizations', `name = name || '!'`, `msp_id = 'Another' || msp_id`],
  ['events', 'events', `name = name || '!'`],
  ['gates', 'gates', `state = 'ajar'`, `gate = 'another'`],
  ['allotments', 'allotments', `total_minor = total_minor + 1`, `allotment = 'another'`],
  ['allotments', 'allotments', `sold = sold + 1`],
  ['places', 'allotments', `taken = set_bit(taken, 9, 1 - get_bit(taken, 9))`],
  ['tickets', 'tickets', `holder = 'nobody'`, `place = place || '7'`],
  ['listings', 'listings', `ask_minor = ask_minor + 1`, `place = place || '7'`],
  ['resales', 'resales', `surplus_minor = surplus_minor + 1`, `number = number + 1`],
  ['holders', 'holders', `balance_minor = balance_minor + 1`, `holder = 'another'`],
  ['accounts', 'accounts', `balance_minor = balance_minor + 1`, `account = 'Another'`],
  ['markets', 'markets', `state = 'another'`, `market = market + 1`],
  ['history', 'history', `versions = replace(versions, '"sold"', '"void"')`],
];

export function plantedDifferences(database: () => Database): void {
  let ledger: TestLedger;
  let chain: LinkedChain;

  before(() => {
    const scene = onSale();
    ({ ledger } = scene);
    const { event } = scene.event;
    ledger.put(marketKey(event, 1), { supply: 'primary', state: 'open', closesAt: '2027-03-02T12:00:00Z' } as never);
    ledger.put(`${event}/w` as never, { market: 1 } as never);
    chain = LinkedChain.of(ledger);
    const sales = ['floor:A:1', 'floor:B:9'].map((seat) => aSale(scene.floor, { seats: [seat] }));
    for (const { command } of sales) record(chain, ledger, command, { caller: 'ResellerMSP' });
    const [first, second] = sales.map((sale) => aListing(held(sale), scene.floor));
    for (const { command } of [first!, second!, aResale(first!)])
      expect(record(chain, ledger, command, { caller: 'ResellerMSP' })).to.include({ accepted: true });
    expect(ledger.read(gateKey(event, 'sales'))).not.to.be.undefined;
  });
  beforeEach(async () => {
    await aProjector(database()).clear();
    expect(await found()).to.be.undefined;
  });

  const found = async () => (await differenceOf(database(), chain, ledger))?.table;
  const run = async (statement: string): Promise<number> => {
    const { rows } = await sql.raw(`${statement} returning 1`).execute(database());
    return rows.length;
  };

  for (const [table, as, change, more] of PLANTED) {
    it(`are found in ${table} where ${change}`, async () => {
      expect(await run(`update ${table} set ${change}`)).to.be.at.least(1);
      expect(await found()).to.equal(as);
    });

    it(`are found in ${table} where there are none (${change})`, async () => {
      expect(await run(`delete from ${table}`)).to.be.at.least(1);
      expect(await found()).to.equal(as);
    });

    if (more === undefined) continue;
    it(`are found in ${table} where there is one more`, async () => {
      await sql.raw(`create temporary table extra as select * from ${table} limit 1`).execute(database());
      await run(`update extra set ${more}`);
      expect(await run(`insert into ${table} select * from extra`)).to.equal(1);
      await sql.raw(`drop table extra`).execute(database());
      expect(await found()).to.equal(as);
    });
  }
}
