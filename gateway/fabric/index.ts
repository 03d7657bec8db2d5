/** Puts the parts together: what the rest of the gateway has of Fabric. */
import { BlockStream } from './block-stream.js';
import { FabricBlocks, type BlocksReader } from './blocks.js';
import { systemClock, type Clock, type Random, type Report } from './clock.js';
import { Clockwork, type ClockworkOptions } from './clockwork.js';
import { Connection, type Deadlines } from './connection.js';
import { Endorsers } from './endorsers.js';
import { FabricLedger } from './fabric-ledger.js';
import { openFilteredBlocks } from './filtered-blocks.js';
import { Lanes, type LanesOptions } from './lanes.js';
import type { Commit } from './ledger.js';
import { readNetworkStatus, type NetworkStatus } from './network-status.js';
import type { FabricProfile } from './profile.js';
import { FabricRecords, type RecordsReader } from './records.js';

export interface FabricOptions {
  readonly report: Report;
  /** How many organizations the chaincode's endorsement policy asks for. */
  readonly endorsements?: number;
  readonly lanes?: Pick<LanesOptions, 'gatherMs' | 'maxInFlight' | 'maxWaiting' | 'maxCommands' | 'maxChars'>;
  readonly clockwork?: Pick<ClockworkOptions, 'everyMs' | 'jitterMs'>;
  readonly deadlines?: Deadlines;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface Fabric {
  readonly submitter: Lanes;
  readonly records: RecordsReader;
  readonly blocks: BlocksReader;
  readonly stream: BlockStream;
  readonly clockwork: Clockwork;
  status(): Promise<NetworkStatus>;
  /**
   * One transaction outside the lanes, endorsed by every endorsing organization: for founding.
   * @throws {Refusal} one organization's no, or two's word that it is done already
   * @throws {LedgerFailure} not retried: the caller repeats what he means
   */
  transact(transaction: string, argument: string): Promise<Commit & { readonly tx: string; readonly result: string }>;
  /** Answers what was taken, then closes every connection. */
  close(): Promise<void>;
}

/** Starts the block stream; the clockwork is the caller's to start. @throws {Error} if a file of the profile can't be read */
export function openFabric(profile: FabricProfile, options: FabricOptions): Fabric {
  const { report, endorsements = 2, deadlines, clock = systemClock, random = Math.random } = options;
  const connection = new Connection({ profile, clock, ...(deadlines && { deadlines }) });
  const stream = new BlockStream({ open: openFilteredBlocks(connection), clock, random, report });
  const ledger = new FabricLedger({ connection, stream, clock, report });
  const { mspId: own, endorsingOrganizations: organizations } = profile;
  const endorsers = new Endorsers({ own, organizations, needed: endorsements, clock });
  const submitter = new Lanes({ ledger, endorsers, clock, random, report, ...options.lanes });
  const records = new FabricRecords(connection);
  const clockwork = new Clockwork({ records, submitter, clock, random, report, ...options.clockwork });
  stream.start();
  return {
    submitter,
    records,
    blocks: new FabricBlocks(connection),
    stream,
    clockwork,
    status: () => readNetworkStatus(connection),
    async transact(transaction, argument) {
      const { tx, result, ...endorsed } = await ledger.endorseTransaction(transaction, argument, organizations);
      await endorsed.submit();
      return { tx, result, ...(await endorsed.committed()) };
    },
    async close() {
      await clockwork.close();
      await submitter.drain();
      await stream.close();
      connection.close();
    },
  };
}
