/** The ledger on Fabric's gateway service. The endorsing organizations are named, so they are asked all at once and not in two stages. */
import type { Transaction } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import { SUBMIT, type Outcome } from '../../chaincode/domain/batch.js';
import { packBatch } from '../../chaincode/ledger/packing.js';
import type { BlockStream } from './block-stream.js';
import { FabricBlocks } from './blocks.js';
import { refusalOfAny } from './claims.js';
import { systemClock, type Clock, type Report } from './clock.js';
import type { Connection, Endpoint } from './connection.js';
import { endorseFailure, reasonOf, submitFailure } from './failures.js';
import { caughtUp, heightsOf } from './heights.js';
import { LedgerFailure, type Commit, type EndorsedBatch, type Ledger } from './ledger.js';
import { readsOf, StaleReads } from './stale-reads.js';
import { Witnesses } from './witnesses.js';

export interface FabricLedgerOptions {
  readonly connection: Connection;
  readonly stream: BlockStream;
  readonly clock?: Clock;
  /** Hears of organizations that say different things; nobody does unless given. */
  readonly report?: Report;
}

/** A transaction that peers have endorsed. */
export interface Endorsed extends Omit<EndorsedBatch, 'outcomes'> {
  /** What the chaincode returned. */
  readonly result: string;
}

export class FabricLedger implements Ledger {
  readonly #connection: Connection;
  readonly #stream: BlockStream;
  readonly #clock: Clock;
  readonly #witnesses: Witnesses;
  readonly #staleReads: StaleReads;

  constructor({ connection, stream, clock = systemClock, report = () => undefined }: FabricLedgerOptions) {
    this.#connection = connection;
    this.#stream = stream;
    this.#clock = clock;
    this.#witnesses = new Witnesses({ connection, report });
    this.#staleReads = new StaleReads(new FabricBlocks(connection), connection.profile.chaincode);
  }

  get mspId(): string {
    return this.#connection.profile.mspId;
  }

  async endorse(batch: string, endorsers: readonly string[]): Promise<EndorsedBatch> {
    const endorsed = await this.#endorse(SUBMIT, packBatch(batch), endorsers);
    return { ...endorsed, outcomes: parseOutcomes(endorsed.result) };
  }

  /**
   * Any transaction with one argument that needs each of these organizations.
   * @param transaction `Contract:function`
   * @throws {LedgerFailure} of stage `endorse`
   * @throws {Refusal} see `refusalOfAny`
   */
  async endorseTransaction(transaction: string, argument: string, endorsers: readonly string[]): Promise<Endorsed> {
    try {
      return await this.#endorse(transaction, argument, endorsers);
    } catch (error) {
      const claims = error instanceof LedgerFailure ? error.claims : [];
      throw refusalOfAny(claims, endorsers.length) ?? error;
    }
  }

  /** Asks peers of all organizations, and takes the stream up again if its peer is behind them. */
  async lookUp(tx: string): Promise<Commit | undefined> {
    const commit = await this.#witnesses.ask(tx);
    if (commit && commit.block >= this.#stream.height) this.#stream.restart();
    return commit;
  }

  async caughtUp(organizations: readonly string[]): Promise<number | undefined> {
    return caughtUp({ connection: this.#connection, clock: this.#clock }, organizations, this.#stream.height);
  }

  async stoodStill(keys: readonly string[], height: number, organizations: readonly string[]): Promise<boolean> {
    const heights = await heightsOf(this.#connection, organizations);
    if (!heights.every((each) => each >= height)) return false;
    return this.#staleReads.areUnwritten(keys, height, Math.max(...heights));
  }

  async #endorse(transaction: string, argument: string, endorsers: readonly string[]): Promise<Endorsed> {
    const endpoint = this.#connection.current();
    const { height } = this.#stream;
    const contract = endpoint.network.getContract(this.#connection.profile.chaincode);
    const proposal = contract.newProposal(transaction, {
      arguments: [argument],
      endorsingOrganizations: [...endorsers],
    });
    try {
      const transaction = await proposal.endorse();
      this.#connection.trust(endpoint);
      return this.#endorsed(transaction, endpoint, height);
    } catch (error) {
      this.#suspectIfSilent(endpoint, error);
      const failure = endorseFailure(error, { own: this.mspId, through: endpoint.mspId, endorsers });
      // Another may pass on what this one says is refused.
      if (failure.reason === 'claimed' && endpoint.mspId !== this.mspId) this.#connection.suspect(endpoint);
      throw failure;
    }
  }

  /** @param height how many blocks there were */
  #endorsed(transaction: Transaction, by: Endpoint, height: number): Endorsed {
    const tx = transaction.getTransactionId();
    let isSent = false;
    return {
      tx,
      result: Buffer.from(transaction.getResult()).toString('utf8'),
      submit: () => {
        // What one peer did not get through, or did not tell of, another may.
        const through = isSent ? this.#connection.another() : this.#connection.current();
        isSent = true;
        return this.#submit(transaction, by, through);
      },
      committed: () => this.#committed(tx),
      stale: ({ block }) => {
        const reads = readsOf(transaction.getBytes(), this.#connection.profile.chaincode);
        return this.#staleReads.of({ tx, reads, height, block });
      },
    };
  }

  async #submit(transaction: Transaction, by: Endpoint, endpoint: Endpoint): Promise<void> {
    // The envelope and its signature stay the same whoever passes it on.
    const envelope =
      endpoint.address === by.address ? transaction : endpoint.gateway.newTransaction(transaction.getBytes());
    try {
      await envelope.submit();
    } catch (error) {
      this.#suspectIfSilent(endpoint, error);
      throw submitFailure(error, endpoint.mspId);
    }
  }

  /** What the stream says, confirmed where another organization's peer feeds it. */
  async #committed(tx: string): Promise<Commit> {
    const said = await this.#stream.waitFor(tx, this.#connection.deadlines.commitMs);
    if (this.#witnesses.suffices(said)) return { code: said.code, block: said.block };
    try {
      const commit = await this.#witnesses.ask(tx, [said]);
      if (commit) return commit;
    } catch (error) {
      if (!(error instanceof LedgerFailure)) throw error;
      throw new LedgerFailure('commit', error.reason, error.message, { cause: error });
    }
    throw new LedgerFailure('commit', 'unavailable', `nobody confirms what ${said.by} says of ${tx}`);
  }

  /** A peer that hangs keeps its blocks too. */
  #suspectIfSilent(endpoint: Endpoint, error: unknown): void {
    if (reasonOf(error) !== 'deadline') return;
    this.#connection.suspect(endpoint);
    this.#stream.restart();
  }
}

const outcomesSchema = z.strictObject({
  outcomes: z.array(
    z.union([
      z.looseObject({ accepted: z.literal(true), receipt: z.looseObject({ tx: z.string() }) }),
      z.looseObject({ accepted: z.literal(false), code: z.string() }),
    ]),
  ),
});

/** The endorsers have signed this result; it is checked for its outline, so that another chaincode behind the name shows at once. */
function parseOutcomes(result: string): readonly Outcome[] {
  return outcomesSchema.parse(JSON.parse(result)).outcomes as readonly unknown[] as readonly Outcome[];
}
