/**
 * The thread of the read model: it has its own stream of our peer's blocks and writes the tables where it stands, so that neither waits for the
 * gateway's sales, nor they for it. On PGlite, which is in this thread, it answers the gateway's questions between two stretches of blocks.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { Kysely, PostgresDialect } from 'kysely';
import { answerTo } from '../database/answers.js';
import type { Place } from '../database/database.js';
import { holdAlone } from '../database/hold-alone.js';
import { migrated } from '../database/open-migrated.js';
import { openPGlite, PGliteHere, statementsOf } from '../database/pglite.js';
import { systemClock, type Report } from '../fabric/clock.js';
import { Connection } from '../fabric/connection.js';
import { OwnBlocks } from '../fabric/own-blocks.js';
import { linkedBlocks } from './linked-blocks.js';
import { MIGRATIONS } from './migrations/index.js';
import { openTables, type Database } from './open-tables.js';
import { ReadModel } from './read-model.js';
import type { Tables } from './tables.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

const port = parentPort;
if (!port) throw new Error('the thread of the read model runs as a worker');
const { place, profile } = workerData as ThreadData;

const tell = (message: FromThread) => port.postMessage(message);
/** Errors lose what is not text on their way; what they say is enough for a log. */
const report: Report = (level, message, { cause, ...details }) => {
  const { name, stack } = cause instanceof Error ? cause : { name: undefined, stack: undefined };
  tell({ kind: 'report', level, message, details: { ...details, ...(name !== undefined && { name, stack }) } });
};

let pool: PGliteHere | undefined;
/** In this thread where it is PGlite: its one connection is taken in turn by the projector and by questions. */
async function open(of: Place): Promise<Database> {
  if ('url' in of) return openTables(of, report);
  const directory = 'directory' in of ? of.directory : undefined;
  const release = directory === undefined ? () => Promise.resolve() : await holdAlone(directory);
  try {
    pool = new PGliteHere(statementsOf(await openPGlite(directory)), release);
    return await migrated(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), MIGRATIONS);
  } catch (error) {
    await release();
    throw error;
  }
}

// Only our own peer's blocks are read.
const endpoints = profile.endpoints.filter(({ mspId }) => mspId === profile.mspId);
const connection = new Connection({ profile: { ...profile, endpoints }, clock: systemClock });
const { channel, chaincode } = profile;
const readModel = new ReadModel({
  open: () => open(place),
  blocks: linkedBlocks(new OwnBlocks({ connection, clock: systemClock }), chaincode),
  ...{ channel, chaincode, clock: systemClock, random: Math.random, report, shared: 'url' in place },
  onHeight: (next) => tell({ kind: 'height', next }),
});

port.on('message', (message: ToThread) => {
  if (message.kind === 'seen') readModel.see(message);
  else if (message.kind === 'question')
    void answerTo(message.question, { query: ask, close: () => Promise.resolve() }).then((reply) =>
      tell({ kind: 'reply', reply }),
    );
  else void close();
});
readModel.start();

async function ask(sql: string, parameters: readonly unknown[]) {
  if (!pool) throw new Error('the read model is not open');
  return pool.once(sql, parameters);
}

async function close(): Promise<void> {
  await readModel.close();
  connection.close();
  port?.close();
}
