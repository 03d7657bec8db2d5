/** The gateway's ledger on the simulated network. A crashed gateway's calls never return, whatever they had set off goes on. */
import type { Context } from '../../chaincode/domain/rule.js';
import type { BlockStream } from '../../gateway/fabric/block-stream.js';
import { sleep } from '../../gateway/fabric/clock.js';
import {
  LedgerFailure,
  type Commit,
  type EndorsedBatch,
  type Ledger,
  type StaleRead,
} from '../../gateway/fabric/ledger.js';
import { CHANNEL } from '../support/statements.js';
import type { SimulatedNetwork } from './network.js';
import type { Envelope } from './peer.js';

const COMMIT_DEADLINE_MS = 3_000;
const LOOK_UP_MS = 500;
const CATCH_UP_ROUNDS = 5;
const CATCH_UP_MS = 200;

export class SimulatedLedger implements Ledger {
  readonly mspId: string;
  readonly #network: SimulatedNetwork;
  readonly #stream: BlockStream;
  readonly #name: string;
  #transactions = 0;
  #crashed = false;

  constructor(options: {
    readonly name: string;
    readonly mspId: string;
    readonly network: SimulatedNetwork;
    readonly stream: BlockStream;
  }) {
    this.mspId = options.mspId;
    this.#name = options.name;
    this.#network = options.network;
    this.#stream = options.stream;
  }

  crash(): void {
    this.#crashed = true;
  }

  async endorse(batch: string, endorsers: readonly string[]): Promise<EndorsedBatch> {
    const tx = `${this.#name}-${++this.#transactions}`;
    const context = this.#context(tx);
    const simulations = await Promise.all(endorsers.map((msp) => this.#endorseAt(msp, batch, context)));
    const [first] = simulations;
    if (!first) throw new LedgerFailure('endorse', 'refused', 'nobody was asked');
    if (simulations.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
      throw new LedgerFailure('endorse', 'mismatch', 'endorsers differ');
    }
    return this.#endorsed({ tx, endorsers, ...first });
  }

  async #endorseAt(msp: string, batch: string, context: Context) {
    const { random, faults } = this.#network;
    await this.#pass(2 + random() * 30);
    const peer = this.#network.peerOf(msp);
    if (peer.isDown || random.chance(faults.endorse)) {
      throw new LedgerFailure('endorse', random.chance(0.5) ? 'unavailable' : 'deadline', msp, {
        organizations: [msp],
      });
    }
    const { poison } = this.#network;
    const simulated = peer.simulate(batch, context);
    const isPoisoned = poison !== undefined && batch.includes(poison);
    return isPoisoned ? { ...simulated, writes: [...simulated.writes, { key: 'whose', record: msp }] } : simulated;
  }

  #endorsed(envelope: Envelope): EndorsedBatch {
    const { tx, outcomes } = envelope;
    return {
      tx,
      outcomes,
      submit: () => this.#submit(envelope),
      committed: () => this.#alive(this.#stream.waitFor(tx, COMMIT_DEADLINE_MS)),
      stale: () => this.#stale(tx),
    };
  }

  /** Some peers can't tell. */
  async #stale(tx: string): Promise<readonly StaleRead[]> {
    const { random, peers } = this.#network;
    const peer = random.pick(peers);
    await this.#pass(random() * 20);
    if (peer.isDown) throw new LedgerFailure('look-up', 'unavailable', peer.mspId);
    return (peer.stale.get(tx) ?? []).map((key) => ({ key, by: 'somebody' }));
  }

  async #submit(envelope: Envelope): Promise<void> {
    const { random, faults } = this.#network;
    await this.#pass(1 + random() * 10);
    if (random.chance(faults.submitLost)) throw new LedgerFailure('submit', 'unavailable', 'no orderer');
    if (!random.chance(faults.lostAfterSubmit)) this.#network.order(envelope);
    await this.#pass(1 + random() * 10);
    if (random.chance(faults.acknowledgementLost))
      throw new LedgerFailure('submit', 'unknown', 'request already processed');
  }

  async lookUp(tx: string): Promise<Commit | undefined> {
    const { random, faults, peers } = this.#network;
    const peer = random.pick(peers);
    await this.#pass(random() * 10);
    if (peer.isDown || random.chance(faults.lookUp)) throw new LedgerFailure('look-up', 'unavailable', peer.mspId);
    if (!peer.commits.has(tx)) await this.#pass(LOOK_UP_MS);
    return peer.commits.get(tx);
  }

  async caughtUp(organizations: readonly string[]): Promise<number | undefined> {
    const height = () => Math.min(...organizations.map((msp) => this.#network.peerOf(msp).blocks.length));
    const target = Math.max(...this.#network.peers.map(({ blocks }) => blocks.length));
    for (let round = 0; round < CATCH_UP_ROUNDS && height() < target; round++) await this.#pass(CATCH_UP_MS);
    return height() >= target ? target : undefined;
  }

  /** By what blocks in between wrote, as whoever has them all can tell. */
  async stoodStill(keys: readonly string[], height: number, organizations: readonly string[]): Promise<boolean> {
    await this.#pass(this.#network.random() * 20);
    const [peer] = organizations
      .map((msp) => this.#network.peerOf(msp))
      .sort((one, other) => other.blocks.length - one.blocks.length);
    const since = peer?.blocks.slice(height).flatMap(({ transactions }) => transactions) ?? [];
    const valid = since.flatMap(({ tx, code }) => (code === 'VALID' ? [peer?.envelopes.get(tx)] : []));
    return !valid.some((envelope) => envelope?.writes.some(({ key }) => keys.includes(key)));
  }

  #context(tx: string): Context {
    const nowSeconds = Math.floor(this.#network.clock.now() / 1000);
    const now = `${new Date(nowSeconds * 1000).toISOString().slice(0, 19)}Z`;
    const attributes = new Set(['admin', 'box-office', 'gate']);
    return { channel: CHANNEL, tx, now, nowSeconds, caller: { mspId: this.mspId, attributes } };
  }

  #pass(ms: number): Promise<void> {
    return this.#alive(sleep(this.#network.clock, ms));
  }

  async #alive<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } finally {
      if (this.#crashed) await new Promise(() => undefined);
    }
  }
}
