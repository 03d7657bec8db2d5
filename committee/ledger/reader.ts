/**
 * Reading the ledger. A node believes its own organization's peer. Where it has none, or that one does not answer, it believes what the peers of two other
 * organizations say alike, and nothing less: one of them could show it another ledger.
 */
import type { Key } from '../../chaincode/domain/keys.js';
import { systemClock, type Clock } from '../clock.js';
import { NodeError } from '../errors.js';

/** One peer's answer to a query of the contract `Records`. */
export interface Witness {
  readonly mspId: string;
  /** @throws {Error} where it doesn't answer */
  evaluate(transaction: string, argument: string): Promise<string>;
}

export interface LedgerReaderOptions {
  readonly mspId: string;
  readonly witnesses: readonly Witness[];
  readonly clock?: Clock;
  /** Where there is an own peer nobody else is believed, also while it does not answer. */
  readonly ownOnly?: boolean;
}

export interface ListedRecord {
  readonly key: string;
  readonly record: unknown;
}

/** The most that the contract gives at once. */
const MAX_PAGE = 1_000;
/** Peers at different heights disagree for a moment. */
const ATTEMPTS = 8;
const PAUSE_MS = 150;

export class LedgerReader {
  readonly #own: readonly Witness[];
  readonly #others: readonly Witness[];
  readonly #clock: Clock;
  readonly #ownOnly: boolean;

  constructor({ mspId, witnesses, clock = systemClock, ownOnly = false }: LedgerReaderOptions) {
    this.#own = witnesses.filter((witness) => witness.mspId === mspId);
    this.#others = witnesses.filter((witness) => witness.mspId !== mspId);
    this.#clock = clock;
    this.#ownOnly = ownOnly && this.#own.length > 0;
  }

  /** @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
  async read<T>(key: Key<T>): Promise<T | undefined> {
    const [record] = await this.readAll<T>([key]);
    return record;
  }

  /** @returns one record for each key, in their order */
  async readAll<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]> {
    const records: (T | undefined)[] = [];
    for (let from = 0; from < keys.length; from += MAX_PAGE) {
      const page = keys.slice(from, from + MAX_PAGE);
      const answer = await this.#ask<{ records: readonly (T | null)[] }>('read', { keys: page });
      records.push(...answer.records.map((record) => record ?? undefined));
    }
    return records;
  }

  /** Everything below a prefix, in the order of keys. */
  async list(prefix: string): Promise<readonly ListedRecord[]> {
    const listed: ListedRecord[] = [];
    let after: string | undefined;
    do {
      const page: { readonly records: readonly ListedRecord[]; readonly next?: string } = await this.#ask('list', {
        prefix,
        limit: MAX_PAGE,
        ...(after !== undefined && { after }),
      });
      listed.push(...page.records);
      after = page.next;
    } while (after !== undefined);
    return listed;
  }

  /** The answer's shape is the contract's promise. */
  async #ask<A>(name: 'read' | 'list', argument: object): Promise<A> {
    const query = [`Records:${name}`, JSON.stringify(argument)] as const;
    return JSON.parse((await this.#fromOwn(query)) ?? (await this.#fromTwo(query))) as A;
  }

  async #fromOwn([transaction, argument]: Query): Promise<string | undefined> {
    for (const witness of this.#own) {
      const [answer] = await settled([witness.evaluate(transaction, argument)]);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  async #fromTwo([transaction, argument]: Query): Promise<string> {
    let answered = 0;
    if (this.#ownOnly) throw new NodeError('LEDGER_UNAVAILABLE', { answered });
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const said = new Map<string, string>();
      // Two are enough mostly; the others are asked where one is missing or says something else.
      for (const witnesses of [this.#others.slice(0, 2), this.#others.slice(2)]) {
        const answers = await settled(witnesses.map((witness) => witness.evaluate(transaction, argument)));
        for (const [at, { mspId }] of witnesses.entries()) {
          const answer = answers[at];
          if (answer === undefined) continue;
          const alike = [...said].some(([by, other]) => by !== mspId && other === answer);
          if (alike) return answer;
          said.set(mspId, answer);
        }
      }
      answered = said.size;
      await this.#clock.sleep(PAUSE_MS);
    }
    throw new NodeError(answered < 2 ? 'LEDGER_UNAVAILABLE' : 'LEDGER_DISAGREES', { answered });
  }
}

type Query = readonly [transaction: string, argument: string];

/** undefined for whoever did not answer. */
async function settled(answers: readonly Promise<string>[]): Promise<readonly (string | undefined)[]> {
  const results = await Promise.allSettled(answers);
  return results.map((result) => (result.status === 'fulfilled' ? result.value : undefined));
}
