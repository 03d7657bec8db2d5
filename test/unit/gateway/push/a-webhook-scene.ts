/** Webhooks over blocks in memory and a store in memory, with a receiver on loopback. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock, type Report } from '../../../../gateway/fabric/clock.js';
import { EventLog } from '../../../../gateway/push/event-log.js';
import { Couriers, type CouriersOptions } from '../../../../gateway/push/webhooks/couriers.js';
import { poster } from '../../../../gateway/push/webhooks/post.js';
import { SecretSeal } from '../../../../gateway/push/webhooks/sealed-secret.js';
import { networksIn, Targets } from '../../../../gateway/push/webhooks/targets.js';
import { WebhookDesk } from '../../../../gateway/push/webhooks/webhook-desk.js';
import { WebhookStore } from '../../../../gateway/push/webhooks/webhook-store.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import type { EventChain } from '../../../support/event-chain.js';

export const LOOPBACK = '127.0.0.0/8,::1/128';

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly path: string;
}

/** Answers as it is told, 204 unless it is. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  answer: (response: ServerResponse, received: Received) => void = (response) => void response.writeHead(204).end();

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = plain(request.headers);
        const body = Buffer.concat(chunks).toString('utf8');
        const received = { id: headers['webhook-id'] ?? '', headers, body, path: request.url ?? '' };
        this.received.push(received);
        this.answer(response, received);
      });
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  get ids(): readonly string[] {
    return this.received.map(({ id }) => id);
  }

  status(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answer = (response) => void response.writeHead(status, headers).end();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const plain = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

export interface Desk {
  readonly desk: WebhookDesk;
  readonly couriers: Couriers;
  readonly store: WebhookStore;
  readonly seal: SecretSeal;
  readonly log: EventLog;
  /** What was reported. */
  readonly reports: (readonly [level: string, message: string, details: Readonly<Record<string, unknown>>])[];
  close(): Promise<void>;
}

export interface DeskOptions extends Partial<Pick<CouriersOptions, 'post' | 'leaseMs' | 'lookMs' | 'random'>> {
  readonly db: Store;
  readonly chain: EventChain;
  readonly key?: Buffer;
  readonly clock?: Clock;
  readonly networks?: string;
  readonly timeoutMs?: number;
}

/** One gateway's part; it delivers once its couriers are started. */
export function aDesk(options: DeskOptions): Desk {
  const { db, chain, key = Buffer.alloc(32, 7), clock = systemClock, networks = LOOPBACK, timeoutMs } = options;
  const reports: Desk['reports'] = [];
  const report: Report = (...told) => void reports.push(told);
  const time = { clock, random: options.random ?? (() => 0.5), report };
  const targets = new Targets(networksIn(networks));
  const { post = poster({ targets, clock: systemClock, ...(timeoutMs !== undefined && { timeoutMs }) }) } = options;
  const log = new EventLog({ blocks: chain.blocks, clock: systemClock, random: () => 0, report });
  const [store, seal] = [new WebhookStore(db), new SecretSeal(key)];
  const bounds = { leaseMs: options.leaseMs ?? 60_000, lookMs: options.lookMs ?? 20 };
  const couriers = new Couriers({ store, log, seal, post, ...time, ...bounds });
  const nowMs = () => clock.now();
  return {
    ...{ couriers, store, seal, log, reports },
    desk: new WebhookDesk({ store, seal, targets, log, couriers, nowMs }),
    async close() {
      await couriers.close();
      await log.close();
    },
  };
}

/** Time that passes when it is told to; what is due runs at once. */
export class HandClock implements Clock {
  #now = Date.parse('2027-03-01T12:00:00Z');
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now = (): number => this.#now;

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  pass(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
      timer.run();
    }
  }
}
