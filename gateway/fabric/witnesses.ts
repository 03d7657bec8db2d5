/**
 * What became of a transaction, as far as peers are to be believed: what our own organization's peer says counts by itself; what others say counts when
 * peers of two organizations say the same. Nobody signs such an answer, so one foreign organization alone could acknowledge what never happened.
 */
import type { Report } from './clock.js';
import type { Connection, Endpoint } from './connection.js';
import { LedgerFailure, type Commit, type FailureReason } from './ledger.js';
import { commitStatusOf } from './queries.js';

/** A commit and the organization whose peer says it. */
export interface Witnessed extends Commit {
  readonly by: string;
}

/** What an endpoint came to; without a commit it does not have the transaction, or does not answer. */
interface Answer {
  readonly endpoint: Endpoint;
  readonly commit?: Witnessed;
  readonly failure?: FailureReason;
}

export interface WitnessesOptions {
  readonly connection: Connection;
  readonly report: Report;
}

export class Witnesses {
  readonly #connection: Connection;
  readonly #report: Report;

  constructor({ connection, report }: WitnessesOptions) {
    this.#connection = connection;
    this.#report = report;
  }

  /** Whether that one word is enough. */
  suffices({ by, code }: Witnessed): boolean {
    // That a copy was a duplicate decides nothing, so it needs no belief.
    return by === this.#connection.profile.mspId || code === 'DUPLICATE_TXID';
  }

  /**
   * Asks every peer at once and waits for as many as it takes.
   * @param heard what somebody has said already
   * @returns undefined if nobody has the transaction, which does not mean that nobody ever will
   * @throws {LedgerFailure} of stage `look-up`: nobody answers, too few say it, or they say different things
   */
  async ask(tx: string, heard: readonly Witnessed[] = []): Promise<Commit | undefined> {
    const said = [...heard];
    const failures: FailureReason[] = [];
    const asked = this.#connection.endpoints.filter(({ mspId }) => !heard.some(({ by }) => by === mspId));
    const pending = new Map(asked.map((endpoint) => [endpoint, this.#askAt(endpoint, tx)]));
    while (pending.size > 0) {
      const { endpoint, commit, failure } = await Promise.race(pending.values());
      pending.delete(endpoint);
      if (failure) failures.push(failure);
      if (!commit) continue;
      this.#alarmIfDifferent(tx, commit, said);
      said.push(commit);
      const believed = this.#believed(said);
      if (believed) return believed;
    }
    if (said.length > 0) throw unbelievable(tx, said);
    // A peer waits for a transaction that it does not have: its deadline is how it says so.
    if (failures.includes('deadline')) return undefined;
    throw new LedgerFailure('look-up', failures[0] ?? 'unavailable', `no peer says what became of ${tx}`);
  }

  async #askAt(endpoint: Endpoint, tx: string): Promise<Answer> {
    try {
      return { endpoint, commit: { ...(await commitStatusOf(this.#connection, tx, endpoint)), by: endpoint.mspId } };
    } catch (error) {
      if (!(error instanceof LedgerFailure)) throw error;
      return { endpoint, failure: error.reason };
    }
  }

  #believed(said: readonly Witnessed[]): Commit | undefined {
    const own = said.find((commit) => commit.by === this.#connection.profile.mspId);
    const shared = said.find((commit) => said.some((other) => other.by !== commit.by && isSame(other, commit)));
    const believed = own ?? shared;
    return believed && { code: believed.code, block: believed.block };
  }

  #alarmIfDifferent(tx: string, commit: Witnessed, said: readonly Witnessed[]): void {
    const other = said.find((before) => !isSame(before, commit));
    if (other) this.#report('alarm', 'organizations say different things of a commit', { tx, said: [other, commit] });
  }
}

function isSame(one: Commit, other: Commit): boolean {
  return one.code === other.code && one.block === other.block;
}

function unbelievable(tx: string, said: readonly Witnessed[]): LedgerFailure {
  const reason = said.every((commit) => said[0] && isSame(commit, said[0])) ? 'unavailable' : 'mismatch';
  const texts = said.map(({ by, code, block }) => `${by}: ${code} in block ${block}`);
  return new LedgerFailure('look-up', reason, `not enough say the same of ${tx}: ${texts.join('; ')}`);
}
