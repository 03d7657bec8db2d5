/** A simulated network: orderers that cut blocks, lose, delay, reorder and repeat envelopes, and peers that lag behind and fail. */
import type { VirtualClock } from './virtual-clock.js';
import { SimulatedPeer, type Envelope, type Genesis } from './peer.js';
import type { SeededRandom } from './random.js';

/** Probabilities. */
export interface Faults {
  /** An endorser does not answer. */
  readonly endorse: number;
  /** A submission fails, and the envelope is not ordered. */
  readonly submitLost: number;
  /** A submission fails, and the envelope is ordered all the same. */
  readonly acknowledgementLost: number;
  /** A submission succeeds, and the envelope is lost: a Raft leader's crash. */
  readonly lostAfterSubmit: number;
  /** An envelope is ordered long after. */
  readonly heldBack: number;
  /** An envelope is ordered twice. */
  readonly repeated: number;
  readonly lookUp: number;
  readonly maxLagMs: number;
}

export const NO_FAULTS: Faults = {
  endorse: 0,
  submitLost: 0,
  acknowledgementLost: 0,
  lostAfterSubmit: 0,
  heldBack: 0,
  repeated: 0,
  lookUp: 0,
  maxLagMs: 20,
};

const BLOCK_MS = 200;
const MAX_HOLD_MS = 40_000;

export class SimulatedNetwork {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly peers: readonly SimulatedPeer[];
  /** Every block's envelopes, in order. */
  readonly chain: (readonly Envelope[])[] = [];
  faults: Faults;
  /** Endorsers do not agree about a batch that contains this. */
  poison: string | undefined;
  #pending: Envelope[] = [];
  #held = 0;
  #stalledUntil = 0;
  readonly #busyUntil = new Map<SimulatedPeer, number>();

  constructor(options: {
    readonly clock: VirtualClock;
    readonly random: SeededRandom;
    readonly genesis: Genesis;
    readonly organizations: readonly string[];
    readonly faults: Faults;
  }) {
    this.clock = options.clock;
    this.random = options.random;
    this.faults = options.faults;
    this.peers = options.organizations.map((mspId) => new SimulatedPeer(mspId, options.genesis));
  }

  peerOf(mspId: string): SimulatedPeer {
    const peer = this.peers.find((each) => each.mspId === mspId);
    if (!peer) throw new Error(`${mspId} has no peer`);
    return peer;
  }

  /** Nothing is on its way any more. */
  get isAtRest(): boolean {
    return (
      this.#pending.length === 0 &&
      this.#held === 0 &&
      this.peers.every(({ blocks }) => blocks.length === this.chain.length + 1)
    );
  }

  /** The orderers take envelopes and order none for so long: they have lost their leader. */
  stall(ms: number): void {
    this.#stalledUntil = this.clock.now() + ms;
  }

  order(envelope: Envelope): void {
    if (this.random.chance(this.faults.heldBack)) {
      this.#held++;
      this.clock.after(this.random() * MAX_HOLD_MS, () => {
        this.#held--;
        this.#enqueue(envelope);
      });
    } else this.#enqueue(envelope);
    if (this.random.chance(this.faults.repeated)) this.#enqueue(envelope);
  }

  #enqueue(envelope: Envelope): void {
    this.#pending.push(envelope);
    if (this.#pending.length === 1) this.clock.after(BLOCK_MS, () => this.#cut());
  }

  #cut(): void {
    const stalledMs = this.#stalledUntil - this.clock.now();
    if (stalledMs > 0) {
      this.clock.after(stalledMs, () => this.#cut());
      return;
    }
    const block = this.random.shuffle(this.#pending);
    this.#pending = [];
    this.chain.push(block);
    for (const peer of this.peers) this.#deliver(peer);
  }

  /** Each peer commits blocks in order, each as late as it likes; one that is down commits when it has recovered. */
  #deliver(peer: SimulatedPeer): void {
    const { clock, random, faults } = this;
    const at = Math.max(clock.now() + random() * faults.maxLagMs, this.#busyUntil.get(peer) ?? 0);
    this.#busyUntil.set(peer, at);
    clock.after(at - clock.now(), () => this.#commitNext(peer));
  }

  /** Called once for each block, however late. */
  #commitNext(peer: SimulatedPeer): void {
    const next = this.chain[peer.blocks.length - 1];
    if (peer.isDown) this.clock.after(100, () => this.#commitNext(peer));
    else if (next) peer.commit(next);
  }
}
