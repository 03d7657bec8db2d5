/** One organization's way to the ledger without its gateway: it says itself who endorses, and may keep what was endorsed for later. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import { BlockStream } from '../../gateway/fabric/block-stream.js';
import { FabricBlocks } from '../../gateway/fabric/blocks.js';
import { sleep, systemClock } from '../../gateway/fabric/clock.js';
import { Connection, DEADLINES } from '../../gateway/fabric/connection.js';
import { FabricLedger, type Endorsed } from '../../gateway/fabric/fabric-ledger.js';
import { openFilteredBlocks } from '../../gateway/fabric/filtered-blocks.js';
import { LedgerFailure } from '../../gateway/fabric/ledger.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { heightAt } from '../../gateway/fabric/queries.js';
import { FabricRecords } from '../../gateway/fabric/records.js';
import { until } from './until.js';
import type { Command } from './statements.js';

/** A machine that is busy with other things is no failure. */
const PATIENT = { ...DEADLINES, endorseMs: 30_000, submitMs: 30_000, commitMs: 60_000 };

const MAX_ATTEMPTS = 60;
const BETWEEN_ATTEMPTS_MS = 500;

export interface Done {
  readonly tx: string;
  readonly block: number;
  /** Fabric's TxValidationCode by name. */
  readonly code: string;
  readonly result: string;
}

export const batchOf = (commands: readonly Command[]): string => JSON.stringify({ commands });

export class PartyLedger {
  readonly mspId: string;
  readonly connection: Connection;
  readonly records: FabricRecords;
  readonly blocks: FabricBlocks;
  readonly #stream: BlockStream;
  readonly #ledger: FabricLedger;

  /** @param profile as the network wrote it, with another chaincode's name where that is meant */
  constructor(profile: FabricProfile) {
    this.mspId = profile.mspId;
    this.connection = new Connection({ profile, clock: systemClock, deadlines: PATIENT });
    const open = openFilteredBlocks(this.connection);
    this.#stream = new BlockStream({ open, clock: systemClock, random: Math.random, report: () => undefined });
    this.#ledger = new FabricLedger({ connection: this.connection, stream: this.#stream });
    this.records = new FabricRecords(this.connection);
    this.blocks = new FabricBlocks(this.connection);
    this.#stream.start();
  }

  /** Has commands endorsed and keeps the transaction back. */
  withhold(commands: readonly Command[], endorsers: readonly string[]): Promise<Endorsed> {
    return this.#ledger.endorseTransaction('BoxOffice:submit', batchOf(commands), endorsers);
  }

  /** Endorses, submits and waits until every peer has the block. */
  async transact(transaction: string, argument: string, endorsers: readonly string[]): Promise<Done> {
    return this.submit(await this.#ledger.endorseTransaction(transaction, argument, endorsers));
  }

  /** What orderers say of a submission is not what becomes of it: some say no to one that the others have passed on to them. */
  async submit(endorsed: Endorsed): Promise<Done> {
    try {
      await endorsed.submit();
    } catch (error) {
      if (!(error instanceof LedgerFailure)) throw error;
    }
    const { code, block } = await endorsed.committed();
    await this.settle(block);
    return { tx: endorsed.tx, result: endorsed.result, code, block };
  }

  /** Submits what sets a scene. @throws {Error} naming the first refusal, or the validation code */
  async accept(commands: readonly Command[], endorsers: readonly string[]): Promise<Done> {
    const done = await this.transactAgreed('BoxOffice:submit', batchOf(commands), endorsers);
    const refused = outcomesOf(done).find(({ accepted }) => !accepted);
    if (refused || done.code !== 'VALID') throw new Error(`the scene was ${done.code}: ${JSON.stringify(refused)}`);
    return done;
  }

  /** Gateways write meanwhile: peers may be at different heights, or have read what is not the newest. Then it is proposed again. */
  async transactAgreed(...asked: Parameters<PartyLedger['transact']>): Promise<Done> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === MAX_ATTEMPTS;
      try {
        const done = await this.transact(...asked);
        if (isLast || !done.code.endsWith('_READ_CONFLICT')) return done;
      } catch (error) {
        if (isLast || !(error instanceof LedgerFailure) || error.reason !== 'mismatch') throw error;
      }
      await sleep(systemClock, BETWEEN_ATTEMPTS_MS);
    }
  }

  /** Until every peer has a block, endorsers may differ. */
  async settle(block: number): Promise<void> {
    const { endpoints, profile } = this.connection;
    await Promise.all(
      endpoints.map((endpoint) =>
        until(async () => (await heightAt(endpoint, profile.channel, [endpoint.mspId])) > block),
      ),
    );
  }

  async close(): Promise<void> {
    await this.#stream.close();
    this.connection.close();
  }
}

export const outcomesOf = ({ result }: Pick<Done, 'result'>): readonly Outcome[] =>
  (JSON.parse(result) as { outcomes: readonly Outcome[] }).outcomes;
