/** A PostgreSQL server that falls silent: its machine was switched off, or the way there swallows all. Nothing of ours waits for it for ever. */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { openDatabase } from '../../../gateway/database/database.js';
import { ServerPool } from '../../../gateway/database/server-pool.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';

/** The way to a server, that can be made to swallow what is sent. */
class Way {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  isSilent = false;

  constructor(target: number) {
    this.#server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect(target, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (data) => this.isSilent || to.write(data));
        from.on('end', () => this.isSilent || to.end());
        from.on('error', () => undefined);
      }
    });
  }

  listen = () =>
    new Promise<number>((resolve) =>
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as { port: number }).port)),
    );

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

describe('a PostgreSQL server that falls silent', () => {
  let server: PostgresServer | undefined;
  let way: Way;
  let url: URL;
  before(async () => {
    server = await startPostgres();
    url = new URL(server.url);
    way = new Way(Number(url.port));
    url.port = String(await way.listen());
  });
  after(async () => {
    way.close();
    await server?.stop();
  });

  it('fails a statement in time, and the next one has another connection', async () => {
    const pool = new ServerPool({ url: url.href, onLost: () => undefined, statementMs: 1_000, answerMs: 1_000 });
    const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) });
    const one = () => sql`select 1`.execute(db);
    await one();
    way.isSilent = true;
    const began = performance.now();
    const inTransaction = db.transaction().execute((tx) => sql`select 1`.execute(tx));
    const failure = await inTransaction.catch((error: unknown) => (error as Error).message);
    expect([failure, performance.now() - began < 10_000]).to.deep.equal([
      'the database did not answer within 2000 ms',
      true,
    ]);
    way.isSilent = false;
    expect((await one()).rows).to.have.length(1);
    await db.destroy();
  });

  it('looks whether we are there, so that a lock of a vanished gateway is free within half a minute', async () => {
    const db = await openDatabase<object>({ url: `${server!.url}?options=-c%20work_mem%3D5MB` });
    const settings = await sql<{ setting: string }>`select setting from pg_settings
      where name like 'tcp\\_%' or name = 'work_mem' order by name`.execute(db);
    expect(settings.rows.map(({ setting }) => setting)).to.deep.equal(['3', '10', '5', '30000', '5120']);
    await db.destroy();
  });
});
