/**
 * First answers to writes of which the ledger does not hear: whoever asks again under his `Idempotency-Key`, at whichever gateway that shares the store, gets the
 * first answer for a day, and nothing is done a second time.
 *
 * A row is there before anything is done, and its answer after it, so a crash between leaves a row without one. After `LEASE_MS` the same request may take that row
 * over, and it is carried out again: nobody can know how far the first attempt came. The operations bear that, each in its way. A removal says that there is
 * nothing any more, an API key or a webhook that it was made before (its secret was never told: revoke or rotate it), a replay delivers once more what receivers
 * know by its id, a second handshake leaves the first code to run out unseen, an attestation says the same again. The same holds for an attempt that outlives
 * its lease, or whose answer the store did not take.
 *
 * A caller keeps so many and no more, so that nobody fills the store for the others. None is forgotten for that before its day is over: whoever has no room is
 * refused before anything is done, and may write without a key. Attempts that begin at once may each find the last room.
 */
import { randomUUID } from 'node:crypto';
import { GatewayError } from '../errors.js';
import type { Report } from '../fabric/clock.js';
import { REPLAYED } from '../http/commands.js';
import { IDEMPOTENCY_KEY, mayHaveHappened, type KeyedRequest } from '../http/idempotency.js';
import type { Reply, StreamReply } from '../http/operation.js';
import type { Store } from '../store/open-store.js';
import { SHELVES, slotOf, type Slot } from './slot.js';
import type { KeptAnswerTable } from './tables.js';

const KEPT_MS = 24 * 60 * 60 * 1000;
/** Longer than anything that is done takes: the store, the signer and a name server are each waited for a few seconds. */
export const LEASE_MS = 60_000;
/**
 * 100,000 of a caller, about 130 MB. Shelves fill by chance, so the first is full at about nine tenths of that: still more than an attestor's desks sign in a day, 60 a
 * minute.
 */
export const PER_SHELF = 1_000;

export interface KeptAnswersOptions {
  readonly store: Store;
  /** Of the store; gateways that share a store share it. */
  readonly key: Buffer;
  readonly nowMs: () => number;
  readonly report: Report;
  /** For tests. */
  readonly perShelf?: number;
}

/** Until when there is no room for another one. */
interface Full {
  readonly fullUntil: number;
}

/** `mine`: nobody has it; undefined: somebody had it a moment ago. */
type Found = 'mine' | KeptAnswerTable | Full | undefined;

export class KeptAnswers {
  readonly #options: KeptAnswersOptions;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /**
   * @param run its first answer is kept; what it refuses may be corrected and sent under its key again
   * @throws {GatewayError} IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_LIMIT_REACHED, and STORE_UNAVAILABLE before anything is done
   */
  async repeat(request: KeyedRequest, run: () => Promise<Reply | StreamReply>): Promise<Reply> {
    const slot = slotOf(this.#options.key, request);
    const holder = randomUUID();
    const found = await this.#take(slot, holder);
    if (isFull(found)) throw this.#limitReached(found);
    const kept = answerIn(found, slot, request.key);
    if (kept) return { ...kept, headers: { ...kept.headers, ...REPLAYED } };
    try {
      const reply = await run();
      if ('chunks' in reply) throw new Error(`${request.operation} answers a stream, which can't be kept`);
      await this.#noted(this.#keep(slot, holder, reply));
      return reply;
    } catch (error) {
      await this.#noted(this.#letGo(slot, holder, mayHaveHappened(error)));
      throw error;
    }
  }

  async #take(slot: Slot, holder: string): Promise<Found> {
    try {
      return await this.#insertOrFind(slot, holder);
    } catch (cause) {
      throw new GatewayError('STORE_UNAVAILABLE', {}, { cause });
    }
  }

  async #insertOrFind({ name, asks, shelf }: Slot, holder: string): Promise<Found> {
    const { store, nowMs } = this.#options;
    const now = nowMs();
    const held = { holder, lease_until: now + LEASE_MS, expires_at: now + KEPT_MS };
    await store.deleteFrom('kept_answers').where('expires_at', '<=', now).execute();
    const full = await this.#fullShelf(shelf);
    const inserted =
      !full &&
      (await store
        .insertInto('kept_answers')
        .values({ name, asks, shelf, answer: null, ...held })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returning('name')
        .executeTakeFirst());
    if (inserted) return 'mine';
    const takenOver = await store
      .updateTable('kept_answers')
      .set(held)
      .where('name', '=', name)
      .where('asks', '=', asks)
      .where('answer', 'is', null)
      .where('lease_until', '<=', now)
      .returning('name')
      .executeTakeFirst();
    if (takenOver) return 'mine';
    const found = await store.selectFrom('kept_answers').selectAll().where('name', '=', name).executeTakeFirst();
    return found ?? full;
  }

  /** There is room again when the last of those that fill it ends. */
  async #fullShelf(shelf: string): Promise<Full | undefined> {
    const { store, perShelf = PER_SHELF } = this.#options;
    const newest = store.selectFrom('kept_answers').select('expires_at').where('shelf', '=', shelf);
    const last = await newest
      .orderBy('expires_at', 'desc')
      .offset(perShelf - 1)
      .limit(1)
      .executeTakeFirst();
    return last && { fullUntil: last.expires_at };
  }

  #limitReached({ fullUntil }: Full): GatewayError {
    const { nowMs, perShelf = PER_SHELF } = this.#options;
    const retryAfterS = Math.max(1, Math.ceil((fullUntil - nowMs()) / 1000));
    const limit = SHELVES * perShelf;
    return new GatewayError('IDEMPOTENCY_LIMIT_REACHED', { field: IDEMPOTENCY_KEY, limit, retryAfterS });
  }

  #keep(slot: Slot, holder: string, reply: Reply): Promise<unknown> {
    const answer = slot.seal(reply);
    const update = this.#options.store.updateTable('kept_answers').set({ answer });
    return update.where('name', '=', slot.name).where('holder', '=', holder).execute();
  }

  /** Where nobody knows what came of it the key stays with its body, which may be sent again at once. */
  #letGo({ name }: Slot, holder: string, isOpen: boolean): Promise<unknown> {
    const { store } = this.#options;
    return isOpen
      ? store
          .updateTable('kept_answers')
          .set({ lease_until: 0 })
          .where('name', '=', name)
          .where('holder', '=', holder)
          .execute()
      : store.deleteFrom('kept_answers').where('name', '=', name).where('holder', '=', holder).execute();
  }

  /** What came of the request is told its caller all the same. */
  async #noted(writing: Promise<unknown>): Promise<void> {
    try {
      await writing;
    } catch (cause) {
      this.#options.report('warning', 'what came of a request with an Idempotency-Key could not be noted', { cause });
    }
  }
}

const isFull = (found: Found): found is Full => typeof found === 'object' && 'fullUntil' in found;

/** @returns undefined where it is to be carried out */
function answerIn(found: Exclude<Found, Full>, slot: Slot, key: string): Reply | undefined {
  if (found === 'mine') return undefined;
  const details = { field: IDEMPOTENCY_KEY, key };
  if (found && found.asks !== slot.asks) throw new GatewayError('IDEMPOTENCY_KEY_REUSED', details);
  if (found?.answer == null) throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', details);
  return slot.open(found.answer) as Reply;
}
