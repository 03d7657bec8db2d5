/** Carries something out where its event is written: here, or at the gateway that has the event. Whoever is asked by another gateway does it himself. */
import { GatewayError } from '../errors.js';
import { currentCaller } from '../http/caller.js';
import { callPeer, PeerSilent } from './call-peer.js';
import type { LaneOwners } from './lane-owners.js';
import type { Method } from './wire.js';

type Members = Readonly<Record<string, unknown>>;

export class SharedLanes {
  readonly #owners: LaneOwners;

  constructor(owners: LaneOwners) {
    this.#owners = owners;
  }

  /**
   * Where the owner does not answer, or is about to end, it is done here. It may be done already: what is sent names its command, so the ledger does it once.
   * @throws what `here` does
   */
  async carryOut<T>(event: string, method: Method, argument: Members, here: () => Promise<T>): Promise<T> {
    const peer = await this.#owners.ownerOf(event);
    if (!peer) return here();
    try {
      const caller = currentCaller();
      return (await callPeer(peer, { method, argument, ...(caller && { caller }) })) as T;
    } catch (error) {
      if (!mayBeDoneHere(error)) throw error;
      this.#owners.doubt(event);
      return here();
    }
  }
}

const mayBeDoneHere = (error: unknown): boolean =>
  error instanceof PeerSilent || (error instanceof GatewayError && error.code === 'SHUTTING_DOWN');
