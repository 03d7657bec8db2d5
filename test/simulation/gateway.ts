/** A simulated gateway: the real lanes, retries, endorser choice and block stream over the simulated ledger. It may crash and be started again. */
import { BlockStream } from '../../gateway/fabric/block-stream.js';
import type { Report } from '../../gateway/fabric/clock.js';
import { Endorsers } from '../../gateway/fabric/endorsers.js';
import { Lanes, type LaneFigures } from '../../gateway/fabric/lanes.js';
import type { Committed, SubmittedBy } from '../../gateway/fabric/ledger.js';
import type { Command } from '../support/statements.js';
import type { SimulatedNetwork } from './network.js';
import { SimulatedLedger } from './simulated-ledger.js';

export const MAX_WAITING = 30;
export const MAX_IN_FLIGHT = 4;

export class SimulatedGateway {
  readonly #network: SimulatedNetwork;
  readonly #mspId: string;
  #starts = 0;
  #running: Running;
  /** What it asked for a human about. */
  readonly alarms: string[] = [];
  /** The most that was seen. */
  peak = { waiting: 0, inFlight: 0 };

  constructor(network: SimulatedNetwork, mspId: string) {
    this.#network = network;
    this.#mspId = mspId;
    this.#running = this.#start();
  }

  /** @throws {Error} CRASHED if the gateway crashes before it has answered */
  async submit(command: Command, by?: SubmittedBy): Promise<Committed> {
    const { lanes, crashed } = this.#running;
    const committed = lanes.submit(command, by);
    const { waiting, inFlight } = lanes.counts;
    this.peak = { waiting: Math.max(this.peak.waiting, waiting), inFlight: Math.max(this.peak.inFlight, inFlight) };
    return Promise.race([committed, crashed]);
  }

  get figures(): LaneFigures {
    return this.#running.lanes.figures;
  }

  crash(): void {
    this.#running.crash();
    this.#running = this.#start();
  }

  async close(): Promise<void> {
    await this.#running.lanes.drain();
    await this.#running.stream.close();
  }

  #start(): Running {
    const { clock, random, peers } = this.#network;
    const network = this.#network;
    const mspId = this.#mspId;
    const report: Report = (level, message) => {
      if (level === 'alarm') this.alarms.push(message);
    };
    const open = async (from: number | undefined) => {
      await Promise.resolve();
      const own = network.peerOf(mspId);
      const peer = own.isDown ? random.pick(peers) : own;
      return peer.feed(from ?? peer.blocks.length - 1);
    };
    const stream = new BlockStream({ open, clock, random, report, memory: 100 });
    const ledger = new SimulatedLedger({ name: `${mspId}-${++this.#starts}`, mspId, network, stream });
    const organizations = peers.map((peer) => peer.mspId);
    const endorsers = new Endorsers({ own: mspId, organizations, needed: 2, clock });
    const bounds = { maxInFlight: MAX_IN_FLIGHT, maxWaiting: MAX_WAITING, maxCommands: 10 };
    const lanes = new Lanes({ ledger, endorsers, clock, random, report, ...bounds });
    stream.start();
    return new Running(lanes, stream, ledger);
  }
}

class Running {
  readonly crashed: Promise<never>;
  readonly #ledger: SimulatedLedger;
  #reject: (error: Error) => void = () => undefined;

  constructor(
    readonly lanes: Lanes,
    readonly stream: BlockStream,
    ledger: SimulatedLedger,
  ) {
    this.#ledger = ledger;
    this.crashed = new Promise((_, reject) => (this.#reject = reject));
    // Nobody may be waiting when it crashes.
    this.crashed.catch(() => undefined);
  }

  crash(): void {
    this.#ledger.crash();
    void this.stream.close();
    this.#reject(new Error('CRASHED'));
  }
}
