/** Push of a running gateway: what its operations use, and what is started and stopped with it. */
import { systemClock, type Clock, type Random, type Report } from '../fabric/clock.js';
import { loadEncryptionKey } from '../signer/encryption-key.js';
import type { Store } from '../store/open-store.js';
import type { EventBlocks } from './event-blocks.js';
import { EventLog } from './event-log.js';
import { EventStreams } from './event-streams.js';
import { Couriers } from './webhooks/couriers.js';
import { poster } from './webhooks/post.js';
import { SecretSeal } from './webhooks/sealed-secret.js';
import { Targets, type Network } from './webhooks/targets.js';
import { WebhookDesk } from './webhooks/webhook-desk.js';
import { WebhookStore } from './webhooks/webhook-store.js';

export interface PushOptions {
  readonly blocks: EventBlocks;
  readonly store: Store;
  /** Of the key that seals secrets; made on the first start. Gateways that share a store share it. */
  readonly keyFile: string;
  /** Networks beyond the public internet to which webhooks may go. */
  readonly networks: readonly Network[];
  readonly report: Report;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface Push {
  readonly log: EventLog;
  readonly streams: EventStreams;
  readonly webhooks: WebhookDesk;
  readonly couriers: Couriers;
  /** After the last answer was sent. */
  close(): Promise<void>;
}

/** @throws {Error} if the key's file is not one, or others can read it */
export async function openPush(options: PushOptions): Promise<Push> {
  const { blocks, keyFile, networks, report, clock = systemClock, random = Math.random } = options;
  const time = { clock, random, report };
  const seal = new SecretSeal(await loadEncryptionKey(keyFile, true));
  const log = new EventLog({ blocks, ...time });
  const store = new WebhookStore(options.store);
  const targets = new Targets(networks);
  const couriers = new Couriers({ store, log, seal, post: poster({ targets, clock }), ...time });
  const nowMs = () => clock.now();
  return {
    log,
    couriers,
    streams: new EventStreams({ log, clock }),
    webhooks: new WebhookDesk({ store, seal, targets, log, couriers, nowMs }),
    async close() {
      await couriers.close();
      await log.close();
    },
  };
}
