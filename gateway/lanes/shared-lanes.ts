/** Carries something out where its event is written: here, or at the gateway that has the event. Whoever is asked by another gateway does it himself. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError, type GatewayCode } from '../errors.js';
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
   * @throws what `here` does; OUTCOME_UNKNOWN for its refusals if the other may have begun
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
      return isSent(error) ? inDoubt(here, error) : here();
    }
  }
}

/** Only yes is sure: what the other one has sent may still be committed, and is perhaps why it is refused here. @throws {GatewayError} OUTCOME_UNKNOWN */
async function inDoubt<T>(here: () => Promise<T>, silence: PeerSilent): Promise<T> {
  try {
    return await here();
  } catch (error) {
    if (!isNo(error)) throw error;
    throw new GatewayError('OUTCOME_UNKNOWN', {}, { cause: new AggregateError([silence, error]) });
  }
}

const isNo = (error: unknown): boolean =>
  error instanceof Refusal || (error instanceof GatewayError && SEATS_GONE.has(error.code));

const SEATS_GONE: ReadonlySet<GatewayCode> = new Set<GatewayCode>(['NO_SEATS_LEFT', 'SEAT_HELD']);

const isSent = (error: unknown): error is PeerSilent => error instanceof PeerSilent && error.isSent;

const mayBeDoneHere = (error: unknown): boolean =>
  error instanceof PeerSilent || (error instanceof GatewayError && error.code === 'SHUTTING_DOWN');
