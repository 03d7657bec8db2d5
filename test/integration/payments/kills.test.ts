/**
 * A gateway is killed (SIGKILL) at every single step of a paid sale, on a real network with its store on PostgreSQL, and started again; the buyer's shop
 * sends the same request until it is answered. A trigger in the database stops the process at each change that it writes down, of the payment and of the
 * provider's own books: it dies before the change is there, and, another time, after it. Whatever it was: sold once and taken once, or neither.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import pg from 'pg';
import { paymentKey } from '../../../chaincode/domain/keys.js';
import { startNetwork } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { aSale, newId } from '../../support/statements.js';
import { until } from '../../support/until.js';

const NAME = 'gateway-reseller';
const PROGRAM = fileURLToPath(new URL('../../../gateway/main.js', import.meta.url));
const LOCK = 8_153;
const MAX_STEPS = 30;
const FINISHED = ['captured', 'voided', 'failed'];

/** Every change that is written waits for the lock if its number is the one where the process is to die. */
const TRIGGERS = `
  create sequence steps;
  create table dies (at bigint not null);
  create function stops() returns trigger language plpgsql as $$
    begin
      if nextval('steps') = (select max(at) from dies) then perform pg_advisory_xact_lock(${LOCK}); end if;
      return new;
    end $$;
  create trigger stops_payment before insert or update on payment for each row execute function stops();
  create trigger stops_charge before insert or update on payment_test_charge for each row execute function stops();`;

type Crash = 'before it is written' | 'after it is written';

describe('kill -9 at each step of a paid sale', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let server: PostgresServer;
  let database: pg.Client;
  let gateway: ChildProcess | undefined;
  let place = 0;
  const bought: string[] = [];

  const profileFile = () => network.plan.organizations.find(({ name }) => name === 'reseller')!.directory.profileFile;

  async function start(): Promise<void> {
    const env = { ...process.env, GUICHET_PROFILE: profileFile(), DATABASE_URL: server.url, LOG_LEVEL: 'warn' };
    gateway = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await until(async () => {
      try {
        return (await fetch(`${network.reseller.url}/health/live`)).ok;
      } catch {
        return false;
      }
    });
  }

  async function kill(): Promise<void> {
    const dead = new Promise((resolve) => gateway?.once('exit', resolve));
    gateway?.kill('SIGKILL');
    await dead;
    gateway = undefined;
  }

  before(async () => {
    network = await realNetwork();
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 1_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    process.kill(network.processes.running(NAME)!.pid, 'SIGTERM');
    await until(() => network.processes.running(NAME) === undefined);
    server = await startPostgres();
    await start();
    database = new pg.Client({ connectionString: server.url });
    await database.connect();
    await database.query(TRIGGERS);
    await database.query(`select nextval('steps')`);
  });
  after(async () => {
    if (gateway) await kill();
    await (database as pg.Client | undefined)?.end();
    await (server as PostgresServer | undefined)?.stop();
    await startNetwork(networkOptions);
  });

  const aRequest = (seat = `standing:${(place += 1)}`) => {
    const sale = aSale(scene.floor, { seats: [seat], request: { paymentReference: `test.${newId()}` } });
    bought.push(sale.request.paymentReference);
    return sale;
  };

  /** @returns the status, undefined where there was no answer */
  const buy = async ({ command }: ReturnType<typeof aRequest>, method: string): Promise<number | undefined> => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${network.reseller.token}` };
    const body = JSON.stringify({ request: command.request, payment: { method } });
    try {
      return (await fetch(`${network.reseller.url}/v1/sales`, { method: 'POST', headers, body })).status;
    } catch {
      return undefined;
    }
  };

  async function buyUntilAnswered(sale: ReturnType<typeof aRequest>, method: string): Promise<number> {
    let status: number | undefined;
    await until(async () => {
      status = await buy(sale, method);
      return status !== undefined && (status < 400 || status === 402);
    });
    return status!;
  }

  const steps = async () =>
    Number((await database.query<{ last_value: string }>('select last_value from steps')).rows[0]!.last_value);
  const waiting = async (): Promise<readonly number[]> => {
    const query = `select pid from pg_locks where locktype = 'advisory' and objid = ${LOCK} and not granted`;
    return (await database.query<{ pid: number }>(query)).rows.map(({ pid }) => pid);
  };

  /** The process dies at its n-th change from now on. @returns whether it came so far */
  async function dyingAt(n: number, crash: Crash, run: () => Promise<unknown>): Promise<boolean> {
    await database.query(`select pg_advisory_lock(${LOCK})`);
    await database.query('delete from dies');
    await database.query('insert into dies values ($1)', [(await steps()) + n]);
    let isOver = false;
    const running = run().finally(() => (isOver = true));
    await until(async () => isOver || (await waiting()).length > 0);
    const stopped = await waiting();
    if (stopped.length > 0) await kill();
    if (crash === 'before it is written')
      for (const pid of stopped) await database.query('select pg_terminate_backend($1)', [pid]);
    await database.query('delete from dies');
    await database.query(`select pg_advisory_unlock(${LOCK})`);
    await running;
    // The dead one's lease would run out by itself, a little later.
    if (stopped.length > 0)
      await database.query('update payment set lease_until = least(lease_until, $1)', [Date.now()]);
    return stopped.length > 0;
  }

  async function expectNothingLeft(): Promise<void> {
    const state = () => database.query<{ state: string }>('select state from payment');
    await until(async () => (await state()).rows.every((row) => FINISHED.includes(row.state)));
    const { rows } = await database.query<{ payment: string; captured: string; reserved: string }>(
      `select p.payment, count(*) filter (where c.state = 'captured') as captured, count(*) filter (where c.state = 'authorized') as reserved
         from payment p left join payment_test_charge c on c.key like 'guichet.' || p.seller || '.' || p.payment || '.%' group by p.payment`,
    );
    const keys = bought.map((reference) => paymentKey(scene.event.event, 'ResellerMSP', reference));
    const records = await network.reseller.ledger.records.readAll(keys);
    const sold = new Set(bought.filter((_, index) => records[index] !== undefined));
    for (const { payment, captured, reserved } of rows)
      expect([payment, Number(captured), Number(reserved)]).to.deep.equal([payment, sold.has(payment) ? 1 : 0, 0]);
    expect(rows.reduce((sum, { captured }) => sum + Number(captured), 0)).to.equal(sold.size);
  }

  for (const crash of ['before it is written', 'after it is written'] as const)
    it(`sells once and takes once, ${crash}`, async () => {
      let n = 1;
      for (; n <= MAX_STEPS; n += 1) {
        const sale = aRequest();
        const hasDied = await dyingAt(n, crash, () => buy(sale, 'tok_ok'));
        if (!hasDied) break;
        await start();
        expect(await buyUntilAnswered(sale, 'tok_ok')).to.be.oneOf([200, 201]);
      }
      expect(n).to.be.within(6, MAX_STEPS);
      await expectNothingLeft();
      console.log(`      killed at ${n - 1} steps`);
    });

  it('takes nothing where the seat is somebody else’s by then', async () => {
    for (const n of [1, 2, 3]) {
      const seat = `standing:${(place += 1)}`;
      const sale = aRequest(seat);
      const hasDied = await dyingAt(n, 'after it is written', () => buy(sale, 'tok_ok'));
      expect(hasDied).to.be.true;
      await network.reseller.ledger.accept([aSale(scene.floor, { seats: [seat] }).command], EVERYBODY);
      await start();
    }
    await expectNothingLeft();
  });

  it('finishes by itself what nobody asks for again', async () => {
    for (const n of [3, 5, 6]) {
      const sale = aRequest();
      await dyingAt(n, 'after it is written', () => buy(sale, 'tok_ok'));
      await start();
    }
    await expectNothingLeft();
  });
});
