/** Puts the parts together: what the rest of the gateway has of Fabric. */
import { BlockStream } from './block-stream.js';
import { FabricBlocks, type BlocksReader } from './blocks.js';
import { systemClock, type Clock, type Random, type Report } from './clock.js';
import { Clockwork, type ClockworkOptions } from './clockwork.js';
import { Connection, type Deadlines } from './connection.js';
import { Definition, readDefinition } from './definition.js';
import { Endorsers } from './endorsers.js';
import { FabricLedger } from './fabric-ledger.js';
import { openFilteredBlocks } from './filtered-blocks.js';
import { OwnBlocks } from './own-blocks.js';
import { Lanes, type LanesOptions } from './lanes.js';
import type { Commit } from './ledger.js';
import { readNetworkStatus, type NetworkStatus } from './network-status.js';
import type { FabricProfile } from './profile.js';
import { FabricRecords, type RecordsReader } from './records.js';

export interface FabricOptions {
  readonly report: Report;
  /** The profile as it is now: asked for new peers when the chaincode's definition has changed. */
  readonly renewed?: () => Pick<FabricProfile, 'endpoints'>;
  readonly lanes?: Pick<
    LanesOptions,
    'gatherMs' | 'maxInFlight' | 'maxWaiting' | 'maxCommands' | 'maxChars' | 'delivered' | 'measured'
  >;
  readonly clockwork?: Pick<ClockworkOptions, 'everyMs' | 'jitterMs'>;
  readonly deadlines?: Deadlines;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface Fabric {
  readonly submitter: Lanes;
  readonly records: RecordsReader;
  readonly blocks: BlocksReader;
  readonly ownBlocks: OwnBlocks;
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
  const { report, renewed = () => profile, deadlines, clock = systemClock, random = Math.random } = options;
  const connection = new Connection({ profile, clock, ...(deadlines && { deadlines }) });
  const stream = new BlockStream({ open: openFilteredBlocks(connection), clock, random, report });
  const ledger = new FabricLedger({ connection, stream, clock, report });
  const { mspId: own, endorsingOrganizations: organizations, endorsements: needed = 2 } = profile;
  const endorsers = new Endorsers({ own, organizations, needed, clock });
  const definition = new Definition({
    read: () => readDefinition(connection),
    changed: (policy) => {
      endorsers.follow(policy);
      connection.extend(renewed().endpoints);
    },
    clock,
    report,
  });
  const submitter = new Lanes({ ledger, endorsers, clock, random, report, ...options.lanes });
  const records = new FabricRecords(connection);
  const clockwork = new Clockwork({ records, submitter, clock, random, report, ...options.clockwork });
  stream.onBlock(({ transactions }) => {
    if (transactions.some(({ code }) => code === 'ENDORSEMENT_POLICY_FAILURE')) void definition.look();
  });
  stream.start();
  definition.start();
  return {
    submitter,
    records,
    blocks: new FabricBlocks(connection),
    ownBlocks: new OwnBlocks({ connection, clock }),
    stream,
    clockwork,
    status: () => readNetworkStatus(connection),
    async transact(transaction, argument) {
      const { tx, result, ...endorsed } = await ledger.endorseTransaction(transaction, argument, endorsers.all);
      await endorsed.submit();
      return { tx, result, ...(await endorsed.committed()) };
    },
    async close() {
      await clockwork.close();
      await submitter.drain();
      definition.close();
      await stream.close();
      connection.close();
    },
  };
}
