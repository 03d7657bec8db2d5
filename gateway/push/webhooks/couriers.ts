/**
 * The webhooks that this gateway delivers: it takes some of those that nobody holds, prolongs what it holds, and stops what was changed, paused or lost. Several
 * gateways of one store share out this way what is free; what a killed one held, the others have when the lease is over. Nobody gives up what he holds.
 */
import { randomUUID } from 'node:crypto';
import { pause } from '../bell.js';
import { Courier, type CourierOptions } from './courier.js';
import type { WebhookRow } from './tables.js';

export type CouriersOptions = Omit<CourierOptions, 'leaseMs'> & { readonly leaseMs?: number; readonly lookMs?: number };

/** Longer than a delivery may take. */
const LEASE_MS = 30_000;
const LOOK_MS = 2_000;
/** Taken at one look, so that whoever looks first does not have them all. */
const SHARE = 8;
/** After a failure of store or ledger. */
const PAUSE_MS = 5_000;

interface Running {
  readonly version: number;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export class Couriers {
  readonly #options: CourierOptions & { readonly lookMs: number };
  readonly #holder = randomUUID();
  readonly #running = new Map<string, Running>();
  readonly #closed = new AbortController();
  #wake = new AbortController();
  #looking: Promise<void> | undefined;
  #told = '';

  constructor(options: CouriersOptions) {
    this.#options = { leaseMs: LEASE_MS, lookMs: LOOK_MS, ...options };
  }

  start(): void {
    this.#looking ??= this.#lookOften();
  }

  /** Something was changed here: look at once. */
  look(): void {
    this.#wake.abort();
  }

  /** What is under way is cut off, and sent again by whoever goes on. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.look();
    await this.#looking;
    const all = [...this.#running.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ ended }) => ended));
    if (this.#looking) await this.#options.store.release(this.#holder);
  }

  async #lookOften(): Promise<void> {
    const { clock, lookMs, report } = this.#options;
    while (!this.#closed.signal.aborted) {
      this.#wake = new AbortController();
      const woken = this.#wake.signal;
      try {
        await this.#look();
      } catch (cause) {
        report('warning', 'webhooks could not be looked at', { cause });
      }
      await pause(clock, lookMs, woken);
    }
  }

  async #look(): Promise<void> {
    const { store, seal, leaseMs } = this.#options;
    const held = new Map((await store.renewAll(this.#holder, leaseMs)).map((row) => [row.id, row]));
    const over = [...this.#running].filter(([id, { version }]) => held.get(id)?.version !== version);
    for (const [, { stop }] of over) stop.abort();
    await Promise.all(over.map(([, { ended }]) => ended));
    // Without somebody who runs it, a row that is still held is given back and taken anew, if it is active.
    const idle = [...held.keys()].filter((id) => !this.#running.has(id));
    if (idle.length > 0) await store.release(this.#holder, idle);
    for (const row of await store.take(this.#holder, seal.keyId, leaseMs, SHARE)) this.#run(row);
    await this.#tellOfOtherKeys();
  }

  #run(row: WebhookRow): void {
    const stop = new AbortController();
    const courier = new Courier(row, this.#options, stop.signal);
    const ended = this.#deliver(courier, row, stop).finally(() => this.#running.delete(row.id));
    this.#running.set(row.id, { version: row.version, stop, ended });
  }

  async #deliver(courier: Courier, row: WebhookRow, { signal }: AbortController): Promise<void> {
    const { clock, report } = this.#options;
    try {
      await courier.deliver(row);
    } catch (cause) {
      report('warning', 'a webhook is not delivered', { cause, webhook: row.id });
      await pause(clock, PAUSE_MS, signal);
    }
  }

  /** Once for each set of them. */
  async #tellOfOtherKeys(): Promise<void> {
    const { store, seal, report } = this.#options;
    const others = (await store.sealedOtherwise(seal.keyId)).join(' ');
    if (others !== this.#told && others !== '')
      report(
        'alarm',
        'webhooks are sealed with another key than this gateway’s: rotate them here, or give it that key',
        {
          webhooks: others,
        },
      );
    this.#told = others;
  }
}
