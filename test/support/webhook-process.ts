/** A process that delivers webhooks out of a store on disk, of blocks that are the same each time, until it is killed. Arguments: folder of the store, number of blocks, URL to create one for. */
import { systemClock } from '../../gateway/fabric/clock.js';
import { EventLog } from '../../gateway/push/event-log.js';
import { Couriers } from '../../gateway/push/webhooks/couriers.js';
import { poster } from '../../gateway/push/webhooks/post.js';
import { SecretSeal } from '../../gateway/push/webhooks/sealed-secret.js';
import { networksIn, Targets } from '../../gateway/push/webhooks/targets.js';
import { WebhookDesk } from '../../gateway/push/webhooks/webhook-desk.js';
import { WebhookStore } from '../../gateway/push/webhooks/webhook-store.js';
import { openStore } from '../../gateway/store/open-store.js';
import { EventChain, manyEvents } from './event-chain.js';

const [directory = '', blocks = '0', url] = process.argv.slice(2);
const report = (...told: readonly unknown[]) => console.error(...told);

const chain = new EventChain();
for (let block = 0; block < Number(blocks); block += 1) chain.add([manyEvents(block, 2)]);
const store = new WebhookStore(await openStore({ directory }, report));
const seal = new SecretSeal(Buffer.alloc(32, 7));
const targets = new Targets(networksIn('127.0.0.0/8'));
const clock = systemClock;
const time = { clock, random: Math.random, report };
const log = new EventLog({ blocks: chain.blocks, ...time });
const post = poster({ targets, clock });
const couriers = new Couriers({ store, log, seal, post, ...time, leaseMs: 5_000, lookMs: 20 });
const desk = new WebhookDesk({ store, seal, targets, log, couriers, nowMs: () => clock.now() });
if (url !== undefined) {
  const { webhook, secret } = await desk.create({ url, maxEvents: 1, from: 0 });
  await new Promise((sent) => process.send?.({ id: webhook.id, secret }, sent));
}
couriers.start();
