/**
 * Streams and webhooks of real gateways while one is killed (SIGKILL): a reader who goes on by his last id, at whatever gateway, has exactly what the blocks say,
 * and a webhook gets every message, signed, at least once.
 */
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { systemClock } from '../../../gateway/fabric/clock.js';
import { OwnBlocks } from '../../../gateway/fabric/own-blocks.js';
import { eventBlocks } from '../../../gateway/push/event-blocks.js';
import type { LedgerEvent } from '../../../gateway/push/ledger-event.js';
import { startNetwork } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, networkOptions, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { SteadyLoad } from '../../support/steady-load.js';
import { StreamReader } from '../../support/stream-reader.js';
import { until } from '../../support/until.js';
import { Receiver } from '../../unit/gateway/push/a-webhook-scene.js';

const KILLS = 2;
const BETWEEN_KILLS = 30;
const NAME = 'gateway-reseller';
const TARGETS = 'GUICHET_WEBHOOK_TARGETS';

const BUYERS = 4;

describe('push of gateways, one of which is killed', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let load: SteadyLoad;
  let receiver: Receiver;
  let follower: Follower;
  let from: number;
  let secret: string;
  const targets = process.env[TARGETS];

  async function restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    process.kill(network.processes.running(NAME)!.pid, signal);
    await until(() => network.processes.running(NAME) === undefined);
    await startNetwork(networkOptions);
  }
  const operate = async (method: string, path: string, body?: unknown) => {
    const headers = { Authorization: `Bearer ${network.reseller.token}`, 'Content-Type': 'application/json' };
    const response = await fetch(`${network.reseller.url}${path}`, {
      ...{ method, headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  before(async () => {
    network = await realNetwork();
    receiver = await Receiver.open();
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 9_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    load = new SteadyLoad({ seller: network.reseller, pool: scene.floor, buyers: BUYERS, resellEvery: 4 });
  });
  after(async () => {
    (follower as Follower | undefined)?.stop();
    (load as SteadyLoad | undefined)?.abandon();
    if (targets === undefined) Reflect.deleteProperty(process.env, TARGETS);
    else process.env[TARGETS] = targets;
    await (receiver as Receiver | undefined)?.close();
  });

  it('take no private target unless they are told to', async () => {
    const { status, body } = await operate('POST', '/v1/webhooks', { url: receiver.url });
    expect([status, body.code, body.field]).to.deep.equal([422, 'TARGET_NOT_ALLOWED', 'url']);
  });

  it('leave nothing out and double nothing', async () => {
    process.env[TARGETS] = '127.0.0.0/8';
    await restart('SIGTERM');
    from = (await network.reseller.client.ready()).height;
    // What each buyer has under way may be in a block before it, and is acknowledged after.
    const [soldBefore, soldOnBefore] = [load.acknowledged.length + BUYERS, load.soldOn.length + BUYERS];
    const created = await operate('POST', '/v1/webhooks', { url: receiver.url, event: scene.event.event, from });
    expect(created.status).to.equal(201);
    secret = created.body.secret!;
    follower = new Follower([network.reseller, network.organizer], `?event=${scene.event.event}&from=${from}`);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await load.progress(BETWEEN_KILLS);
      await restart('SIGKILL');
      await load.progress(1);
    }
    await load.progress(BETWEEN_KILLS);
    await load.stop();
    expect(load.refused).to.deep.equal([]);
    await replicasAtRest(network.organizer.ledger);
    const told = await toldByBlocks();
    const toldOf = (type: string) => told.filter((event) => event.type === type).length;
    expect(toldOf('ticket.sold')).to.be.at.least(load.acknowledged.length - soldBefore);
    expect(toldOf('resale.executed'))
      .to.be.at.least(load.soldOn.length - soldOnBefore)
      .and.at.least(1);
    // One connection may have brought all that was left, and the next one is still to come.
    await until(() => follower.events.length >= told.length && follower.connections >= KILLS + 1);
    expect(follower.events).to.deep.equal(told);
  });

  it('deliver every message at least once, in its order, signed', async () => {
    const ids = (await toldByBlocks()).map(({ id }) => id);
    await until(() => receiver.ids.includes(ids.at(-1)!));
    expect([...new Set(receiver.ids)]).to.deep.equal(ids);
    for (const { headers, body } of receiver.received) new Webhook(secret).verify(body, headers);
  });

  async function toldByBlocks(): Promise<readonly LedgerEvent[]> {
    const { connection } = network.organizer.ledger;
    const blocks = eventBlocks(new OwnBlocks({ connection, clock: systemClock }), connection.profile.chaincode);
    const events: LedgerEvent[] = [];
    for await (const block of blocks.read(from, await blocks.height()))
      events.push(...block.events.map(({ event }) => event).filter(({ event }) => event === scene.event.event));
    return events;
  }
});

/** As a page's EventSource, but at one gateway after the other. */
class Follower {
  connections = 0;
  readonly #before: LedgerEvent[] = [];
  #stopped = false;
  #lastId: string | undefined;
  #reader: StreamReader | undefined;

  constructor(gateways: readonly Party[], query: string) {
    void this.#follow(gateways, query);
  }

  get events(): readonly LedgerEvent[] {
    return [...this.#before, ...(this.#reader ? eventsOf(this.#reader) : [])];
  }

  stop(): void {
    this.#stopped = true;
    this.#reader?.close();
  }

  async #follow(gateways: readonly Party[], query: string): Promise<void> {
    for (let at = 0; !this.#stopped; at += 1) {
      const headers: Record<string, string> = this.#lastId === undefined ? {} : { 'Last-Event-ID': this.#lastId };
      try {
        const reader = await StreamReader.open(`${gateways[at % gateways.length]!.url}/v1/stream${query}`, headers);
        this.#reader = reader;
        this.connections += 1;
        // Of a gateway that is not killed somebody else breaks the connection.
        await until(() => reader.ended || (at % 2 === 1 && reader.messages.length >= 10));
        reader.close();
        await until(() => reader.ended);
        this.#before.push(...eventsOf(reader));
        this.#reader = undefined;
        this.#lastId = reader.lastId ?? this.#lastId;
      } catch {
        // It is down: the next one.
      }
    }
  }
}

const eventsOf = ({ messages }: StreamReader) => messages.map(({ data }) => JSON.parse(data) as LedgerEvent);
