/** The ledger on Fabric's gateway service. The endorsing organizations are named, so they are asked all at once and not in two stages. */
import type { Transaction } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import type { Outcome } from '../../chaincode/domain/batch.js';
import type { BlockStream } from './block-stream.js';
import type { Connection, Endpoint } from './connection.js';
import { endorseFailure, reasonOf, submitFailure } from './failures.js';
import { LedgerFailure, type Commit, type EndorsedBatch, type Ledger } from './ledger.js';
import { commitStatusOf } from './queries.js';

const SUBMIT = 'BoxOffice:submit';

export interface FabricLedgerOptions {
  readonly connection: Connection;
  readonly stream: BlockStream;
}

/** A transaction that peers have endorsed. */
export interface Endorsed extends Omit<EndorsedBatch, 'outcomes'> {
  /** What the chaincode returned. */
  readonly result: string;
}

export class FabricLedger implements Ledger {
  readonly #connection: Connection;
  readonly #stream: BlockStream;

  constructor({ connection, stream }: FabricLedgerOptions) {
    this.#connection = connection;
    this.#stream = stream;
  }

  get mspId(): string {
    return this.#connection.profile.mspId;
  }

  async endorse(batch: string, endorsers: readonly string[]): Promise<EndorsedBatch> {
    const endorsed = await this.endorseTransaction(SUBMIT, batch, endorsers);
    return { ...endorsed, outcomes: parseOutcomes(endorsed.result) };
  }

  /**
   * Any transaction with one argument.
   * @param transaction `Contract:function`
   * @throws {LedgerFailure} of stage `endorse`
   * @throws {Refusal}
   */
  async endorseTransaction(transaction: string, argument: string, endorsers: readonly string[]): Promise<Endorsed> {
    const endpoint = this.#connection.current();
    const contract = endpoint.network.getContract(this.#connection.profile.chaincode);
    const proposal = contract.newProposal(transaction, {
      arguments: [argument],
      endorsingOrganizations: [...endorsers],
    });
    try {
      const transaction = await proposal.endorse();
      this.#connection.trust(endpoint);
      return this.#endorsed(transaction, endpoint);
    } catch (error) {
      this.#suspectIfSilent(endpoint, error);
      throw endorseFailure(error, endorsers, endpoint.mspId);
    }
  }

  #endorsed(transaction: Transaction, by: Endpoint): Endorsed {
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
      committed: () => this.#stream.waitFor(tx, this.#connection.deadlines.commitMs),
      lookUp: () => this.#lookUp(tx),
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

  /** Asks another peer than the one whose blocks did not say it. */
  async #lookUp(tx: string): Promise<Commit | undefined> {
    try {
      const commit = await commitStatusOf(this.#connection, tx, this.#connection.another());
      if (commit.block >= this.#stream.height) this.#stream.restart();
      return commit;
    } catch (error) {
      // The peer waits for a transaction that it does not have: its deadline is how it says so.
      if (error instanceof LedgerFailure && error.reason === 'deadline') return undefined;
      throw error;
    }
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
