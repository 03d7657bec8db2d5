/**
 * Connections to a PostgreSQL server that may fall silent: a machine that is switched off closes none of them. Each statement has an end here too, and a connection
 * on which one had no answer is given up. The server looks as often whether we are there: what a vanished gateway has locked is free within half a minute.
 */
import { Socket } from 'node:net';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** Reads do not wait for each other, nor for what writes. */
const CONNECTIONS = 8;
const CONNECT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;
/** The server ends a statement first, where it hears us. */
const ANSWER_MS = 5_000;
/** A connection that is closed waits for the server's word no longer. */
const FAREWELL_MS = 5_000;
/** Chapter 20.3.2 of PostgreSQL's manual; ignored on Unix sockets. */
const OPTIONS =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=30000';

/** pg_type.dat, which pg names no arrays of. None of ours has a null. */
const INT8_ARRAY = 1016;

export interface ServerPoolOptions {
  readonly url: string;
  /** Is told when an idle connection breaks. */
  readonly onLost: (cause: unknown) => void;
  /** After that long the server ends a statement. */
  readonly statementMs: number;
  readonly answerMs?: number;
}

export class ServerPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #queryMs: number;
  readonly #sockets = new Set<Socket>();

  constructor({ url, onLost, statementMs, answerMs = ANSWER_MS }: ServerPoolOptions) {
    this.#queryMs = statementMs + answerMs;
    this.#pool = new pg.Pool({
      connectionString: withOptions(url),
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: statementMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      stream: () => this.#socket(),
      types: typesOf(),
    });
    this.#pool.on('error', onLost);
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect();
    const query = (sql: string, parameters: readonly unknown[]) => this.#bounded(client, sql, parameters);
    return { query, release: () => client.release() } as unknown as PostgresPoolClient;
  }

  async end(): Promise<void> {
    const farewell = setTimeout(() => this.#sockets.forEach((socket) => socket.destroy()), FAREWELL_MS);
    farewell.unref();
    await this.#pool.end();
  }

  #socket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  async #bounded(client: pg.PoolClient, sql: string, parameters: readonly unknown[]) {
    const late = new AbortController();
    // With a statement under way that closes the connection at once; pg's own query_timeout would give it to the next one.
    const deadline = setTimeout(() => {
      late.abort();
      void (client as unknown as pg.Client).end();
    }, this.#queryMs);
    try {
      return await client.query(sql, [...parameters]);
    } catch (cause) {
      throw late.signal.aborted
        ? new Error(`the database did not answer within ${this.#queryMs} ms`, { cause })
        : cause;
    } finally {
      clearTimeout(deadline);
    }
  }
}

/** In the URL, because what it says wins over any setting: its own options come after ours. */
function withOptions(text: string): string {
  const url = new URL(text);
  url.searchParams.set('options', [OPTIONS, url.searchParams.get('options')].filter(Boolean).join(' '));
  return url.href;
}

function typesOf(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides();
  // Heights and amounts are checked to be safe integers before they are written.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(INT8_ARRAY, (text) => text.slice(1, -1).split(',').filter(Boolean).map(Number));
  return types;
}
