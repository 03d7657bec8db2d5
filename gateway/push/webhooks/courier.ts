/**
 * Delivers one webhook's messages, one after the other: the next is posted when the one before has arrived and that is on record. What was posted and not recorded,
 * because the process died between, is posted again under the same id.
 */
import type { Clock, Random, Report } from '../../fabric/clock.js';
import { pause } from '../bell.js';
import type { EventLog } from '../event-log.js';
import type { EventFilter } from '../ledger-event.js';
import { firstBlockAfter, positionOf, textOf, type Position } from '../position.js';
import { messagesOf, type Message } from './messages.js';
import type { Answer, Post } from './post.js';
import { nextAttemptMs } from './retry-times.js';
import type { SecretSeal } from './sealed-secret.js';
import { signedHeaders } from './signature.js';
import type { WebhookRow } from './tables.js';
import type { Hold, WebhookChange, WebhookStore } from './webhook-store.js';

export interface CourierOptions {
  readonly store: WebhookStore;
  readonly log: EventLog;
  readonly seal: SecretSeal;
  readonly post: Post;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  readonly leaseMs: number;
}

/** Where nothing was wanted, the position is written so often. */
const QUIET_BLOCKS = 50;
const GONE = 410;

export class Courier {
  readonly #options: CourierOptions;
  readonly #hold: Hold;
  readonly #signal: AbortSignal;

  /** @param signal aborted when the webhook was changed or the lease is lost */
  constructor(row: WebhookRow, options: CourierOptions, signal: AbortSignal) {
    this.#options = options;
    this.#hold = { id: row.id, holder: row.lease_holder ?? '', version: row.version };
    this.#signal = signal;
  }

  /** Until the signal is aborted, the webhook stops, or the hold is lost. @throws {Error} of store or ledger */
  async deliver(row: WebhookRow): Promise<void> {
    const after = row.position === null ? undefined : positionOf(row.position);
    const filter = filterOf(row);
    let quiet = 0;
    for await (const block of this.#options.log.read(firstBlockAfter(after), this.#signal, 'couriers')) {
      const messages = messagesOf(block, filter, { after, maxEvents: row.max_events });
      for (const message of messages) if (!(await this.#bring(message))) return;
      quiet = messages.length > 0 ? 0 : quiet + 1;
      if (quiet >= QUIET_BLOCKS) {
        if (!(await this.#options.store.record(this.#hold, { position: textOf({ block: block.number }) }))) return;
        quiet = 0;
      }
    }
  }

  /** @returns whether to go on with the next one */
  async #bring(message: Message): Promise<boolean> {
    const { store, clock, leaseMs } = this.#options;
    for (;;) {
      const row = await store.renew(this.#hold, leaseMs);
      if (!row || this.#signal.aborted) return false;
      const waitMs = row.next_attempt_ms - clock.now();
      if (waitMs > 0) await pause(clock, waitMs, this.#signal);
      else {
        const done = await this.#attempt(row, message);
        if (done !== undefined) return done;
      }
    }
  }

  /** @returns undefined where it is to be tried again */
  async #attempt(row: WebhookRow, message: Message): Promise<boolean | undefined> {
    const { post, clock, seal, store } = this.#options;
    const [startedMs, { id, body, events }] = [clock.now(), message];
    const signable = { id, body, timestampSeconds: Math.floor(startedMs / 1_000) };
    const secrets = secretsOf(row, startedMs).map((sealed) => seal.open(row.id, sealed));
    const answer = await post({ url: row.url, body, headers: signedHeaders(signable, secrets) }, this.#signal);
    // Stopped half-way: whether it arrived nobody knows, and whoever goes on sends it again.
    if ('error' in answer && this.#signal.aborted) return false;
    const nowMs = clock.now();
    const change = this.#changeAfter(row, message.through, answer, nowMs);
    const durationMs = Math.max(0, Math.round(nowMs - startedMs));
    const attempt = { message: id, events, at_ms: startedMs, duration_ms: durationMs, ...loggedOf(answer) };
    if (!(await store.record(this.#hold, change, attempt))) return false;
    this.#tell(row, change);
    if (isArrived(answer)) return true;
    return change.state === undefined ? undefined : false;
  }

  #changeAfter(row: WebhookRow, through: Position, answer: Answer, nowMs: number): WebhookChange {
    if (isArrived(answer))
      return { position: textOf(through), failures: 0, failing_since_ms: null, next_attempt_ms: 0 };
    const [failures, sinceMs] = [row.failures + 1, row.failing_since_ms ?? nowMs];
    const failing = { failures, failing_since_ms: sinceMs };
    if ('status' in answer && answer.status === GONE) return { ...failing, state: 'gone' };
    const next = nextAttemptMs({ failures, sinceMs, nowMs }, this.#options.random);
    return next === undefined ? { ...failing, state: 'disabled' } : { ...failing, next_attempt_ms: next };
  }

  /** Not where it goes: a target's address may hold a secret of its own. */
  #tell({ id, failures }: WebhookRow, { state }: WebhookChange): void {
    if (state === 'disabled')
      this.#options.report('alarm', 'a webhook failed for three days and is disabled', { webhook: id, failures });
    if (state === 'gone')
      this.#options.report('warning', 'a webhook’s target is gone, nothing is sent to it any more', { webhook: id });
  }
}

const isArrived = (answer: Answer): boolean => 'status' in answer && answer.status >= 200 && answer.status < 300;

const loggedOf = (answer: Answer) =>
  'status' in answer ? { status: answer.status, error: null } : { status: null, error: answer.error };

const secretsOf = ({ secret, previous_secret: previous, previous_until_ms: until }: WebhookRow, nowMs: number) =>
  previous !== null && until !== null && nowMs < until ? [secret, previous] : [secret];

export function filterOf({ event, types }: Pick<WebhookRow, 'event' | 'types'>): EventFilter {
  return {
    ...(event !== null && { event }),
    ...(types !== null && { types: new Set(JSON.parse(types) as readonly string[]) }),
  };
}
