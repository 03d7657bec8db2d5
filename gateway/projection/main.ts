/**
 * `npm run projection -- rebuild`: makes the read model again from the blocks of our own peer. `npm run projection -- verify`: compares it with that
 * peer's world state, prints the first difference and ends with 1. On PGlite its gateway must be stopped; on PostgreSQL it may run.
 */
import { rm } from 'node:fs/promises';
import { ConfigError, run } from '../../committee/service/configuration.js';
import { readProjection, type Profile } from '../config.js';
import { systemClock, type Report } from '../fabric/clock.js';
import { Connection } from '../fabric/connection.js';
import { OwnBlocks } from '../fabric/own-blocks.js';
import { FabricRecords } from '../fabric/records.js';
import { readArguments, type ProjectionCommand } from './arguments.js';
import { catchUp } from './catch-up.js';
import type { Place } from '../database/database.js';
import type { Database } from './open-tables.js';
import { DatabaseInUse, holdAlone } from '../database/hold-alone.js';
import { linkedBlocks } from './linked-blocks.js';
import { openTables } from './open-tables.js';
import { AnotherLedger, Projector } from './projector.js';
import { firstDifference } from './verify.js';
import { WorldState } from './world-state.js';

const report: Report = (_, message, { cause, ...details }) =>
  console.error(message, { ...details, ...(cause !== undefined && { cause }) });

const RUN: Readonly<Record<ProjectionCommand, Run>> = { rebuild, verify };

await run(async () => {
  const command = readArguments(process.argv.slice(2));
  const { profile, database } = readProjection();
  // Only our own peer: the read model is made from its blocks, and compared with its state.
  const endpoints = profile.endpoints.filter(({ mspId }) => mspId === profile.mspId);
  const connection = new Connection({ profile: { ...profile, endpoints }, clock: systemClock });
  try {
    if (command === 'rebuild') await empty(database);
    const db = await openTables(database, report);
    try {
      await RUN[command](db, profile, connection);
    } finally {
      await db.destroy();
    }
  } catch (error) {
    throw error instanceof DatabaseInUse || error instanceof AnotherLedger ? new ConfigError([error.message]) : error;
  } finally {
    connection.close();
  }
});

type Run = (db: Database, profile: Profile, connection: Connection) => Promise<void>;

function partsOf(db: Database, { channel, chaincode }: Profile, connection: Connection) {
  const projector = new Projector({ db, channel, chaincode, report });
  const blocks = linkedBlocks(new OwnBlocks({ connection, clock: systemClock }), chaincode);
  return { projector, follow: () => catchUp(projector, blocks) };
}

async function rebuild(...given: Parameters<Run>): Promise<void> {
  const { projector, follow } = partsOf(...given);
  await projector.clear();
  console.log(`rebuilt from ${await follow()} blocks`);
}

async function verify(...given: Parameters<Run>): Promise<void> {
  const [db, , connection] = given;
  const { follow } = partsOf(...given);
  const difference = await firstDifference({
    db,
    world: new WorldState(new FabricRecords(connection)),
    catchUp: follow,
  });
  if (!difference) {
    console.log(`the same as the world state, through block ${(await follow()) - 1}`);
    return;
  }
  const { table, row, ledger = 'no such row', tables = 'no such row' } = difference;
  console.error(`different: ${table} ${row}\n  ledger: ${ledger}\n  tables: ${tables}`);
  process.exitCode = 1;
}

/** A directory that a crash of the machine has left unreadable is no reason to stop: nothing in it is of its own. */
async function empty(place: Place): Promise<void> {
  if (!('directory' in place)) return;
  const release = await holdAlone(place.directory);
  await rm(place.directory, { recursive: true, force: true });
  await release();
}
