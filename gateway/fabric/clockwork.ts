/**
 * The clockwork: moves events along their schedules. Every gateway runs one and any of them is enough, so none can stall an event; each waits a
 * random while and looks again, so that as a rule one of them submits. What is due is the domain's word; here is only when to look.
 */
import { randomUUID } from 'node:crypto';
import { dueMove, isSoldOut } from '../../chaincode/domain/gate-keeping.js';
import { GATES, nextBoundAfter } from '../../chaincode/domain/gates.js';
import { EVENT_INDEX_PREFIX, eventKey, gateKey, supplyKey } from '../../chaincode/domain/keys.js';
import type { EventRecord, GateRecord, SupplyRecord } from '../../chaincode/domain/records.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { timestampOf } from '../clock.js';
import { sleep, type Clock, type Random, type Report } from './clock.js';
import type { Submitter } from './ledger.js';
import type { RecordsReader } from './records.js';

export interface ClockworkOptions {
  readonly records: RecordsReader;
  readonly submitter: Submitter;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: Report;
  /** Looks at the latest after this long: new events and changed schedules are found then. */
  readonly everyMs?: number;
  readonly jitterMs?: number;
}

const PAGE = 200;
const MAX_PAGES = 500;
/** A transaction's time has whole seconds, so look when the second has begun for every peer. */
const MARGIN_MS = 1_000;

interface Watched {
  readonly event: EventRecord;
  readonly gates: readonly (GateRecord | undefined)[];
  readonly supply: SupplyRecord | undefined;
}

export class Clockwork {
  readonly #options: Required<ClockworkOptions>;
  #stop: (() => void) | undefined;
  readonly #finished = new Set<string>();
  #stopped = false;
  #round: Promise<void> = Promise.resolve();

  constructor(options: ClockworkOptions) {
    this.#options = { everyMs: 15_000, jitterMs: 1_500, ...options };
  }

  start(): void {
    this.#schedule(0);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#stop?.();
    await this.#round;
  }

  /** One round over all events. @returns when something is due next, milliseconds since 1970 */
  async look(): Promise<number> {
    const { records, clock, everyMs } = this.#options;
    let next = clock.now() + everyMs;
    let after: string | undefined;
    for (let page = 0; page < MAX_PAGES && !this.#stopped; page++) {
      const index = await records.list(EVENT_INDEX_PREFIX, { limit: PAGE, ...(after !== undefined && { after }) });
      const ids = index.records.map(({ key }) => key.slice(EVENT_INDEX_PREFIX.length));
      const watched = await this.#load(ids.filter((id) => !this.#finished.has(id)));
      await Promise.all(
        watched.filter((each) => isDue(each, clock.now())).map(({ event }) => this.#advance(event.event)),
      );
      for (const each of watched) next = Math.min(next, this.#nextDue(each));
      after = index.next;
      if (after === undefined) break;
    }
    return next;
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#stop = this.#options.clock.after(ms, () => {
      this.#round = this.#tick();
    });
  }

  async #tick(): Promise<void> {
    const { clock, everyMs, report } = this.#options;
    let next = clock.now() + everyMs;
    try {
      next = await this.look();
    } catch (cause) {
      report('warning', 'the clockwork could not look', { cause });
    }
    this.#schedule(Math.max(MARGIN_MS, next + MARGIN_MS - clock.now()));
  }

  /** Waits a random while; whoever was faster has moved the gates by then. */
  async #advance(id: string): Promise<void> {
    const { clock, random, jitterMs, submitter, report } = this.#options;
    await sleep(clock, random() * jitterMs);
    const [again] = await this.#load([id]);
    if (!again || this.#stopped || !isDue(again, clock.now())) return;
    try {
      // Ids are the whole organization's: one that could be foreseen might be taken before, and would then be refused or answered from memory.
      await submitter.submit({ kind: 'event.advance', id: `advance-${randomUUID()}`, event: id });
    } catch (cause) {
      const overtaken = cause instanceof Refusal && cause.code === 'NOTHING_DUE';
      if (!overtaken) report('warning', 'an event could not be advanced', { cause, event: id });
    }
  }

  #nextDue(watched: Watched): number {
    const nowMs = this.#options.clock.now();
    const next = nextDue(watched.event, nowMs);
    // After its last time, a day after its end, an event can be neither postponed nor cancelled: once its gates have closed there is nothing to see.
    if (next === Infinity && !isDue(watched, nowMs)) this.#finished.add(watched.event.event);
    return next;
  }

  async #load(ids: readonly string[]): Promise<readonly Watched[]> {
    const { records } = this.#options;
    if (ids.length === 0) return [];
    const [events, gates, supplies] = await Promise.all([
      records.readAll(ids.map(eventKey)),
      records.readAll(ids.flatMap((id) => GATES.map((gate) => gateKey(id, gate)))),
      records.readAll(ids.map(supplyKey)),
    ]);
    return events.flatMap((event, index) => {
      const own = gates.slice(index * GATES.length, (index + 1) * GATES.length);
      return event ? [{ event, gates: own, supply: supplies[index] }] : [];
    });
  }
}

function isDue({ event, gates, supply }: Watched, nowMs: number): boolean {
  if (event.state === 'cancelled') return false;
  const circumstances = { now: timestampOf(nowMs), soldOut: isSoldOut(supply), back: false };
  return GATES.some((gate, index) => dueMove(event, gate, { before: gates[index], ...circumstances }) !== undefined);
}

function nextDue(event: EventRecord, nowMs: number): number {
  const next = event.state === 'cancelled' ? undefined : nextBoundAfter(event, timestampOf(nowMs));
  return next === undefined ? Infinity : Date.parse(next);
}
