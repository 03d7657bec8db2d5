/** What every case of a transaction held back begins with, and what it says: an event of its own with two tickets, one of them on offer. */
import type { PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import type { Schedule } from '../../../../chaincode/domain/schedule.js';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { liveScene, openSchedule, seconds, type LiveScene } from '../../../support/live-scene.js';
import { EVERYBODY, type Party, type RealNetwork } from '../../../support/real-network.js';
import { aListing, type TestListing } from '../../../support/resales.js';
import {
  aDevice,
  aSale,
  EVENT_POLICY,
  held,
  type Command,
  type Held,
  type TestDevice,
} from '../../../support/statements.js';

export interface Situation extends LiveScene {
  readonly network: RealNetwork;
  /** Seat `floor:A:1`, sold. */
  readonly ticket: Held;
  /** Seat `floor:A:2`, sold and listed. */
  readonly offer: TestListing;
  /** For `first` to register. */
  readonly device: TestDevice;
}

/** The terms of an event of which one time comes while a transaction is held back. */
interface Terms {
  readonly schedule?: Partial<Schedule>;
  readonly policy?: PolicyPart;
  readonly listing?: Partial<Payload<'listing'>>;
}

const RETURN_S = EVENT_POLICY.returnDeadlineSeconds ?? 0;

/** Each time that something depends on, so many seconds away. No time of a schedule comes after its end. */
const TERMS = {
  salesOpenAt: (s: number) => ({ schedule: { salesOpenAt: seconds(s) } }),
  salesCloseAt: (s: number) => ({ schedule: { salesCloseAt: seconds(s) } }),
  transfersCloseAt: (s: number) => ({ schedule: { transfersCloseAt: seconds(s) } }),
  returnsClose: (s: number) => ({ schedule: { startsAt: seconds(RETURN_S + s) } }),
  /** From the postponement on, which is for `first`. */
  refundsClose: (s: number) => ({ policy: { postponeClaimWindowSeconds: s } }),
  listingEnds: (s: number) => ({ listing: { exp: Math.floor(Date.now() / 1_000) + s } }),
  endsAt: (s: number) => {
    const at = seconds(s);
    return { schedule: { salesCloseAt: at, transfersCloseAt: at, startsAt: at, endsAt: at } };
  },
} satisfies Record<string, (inSeconds: number) => Terms>;

type Deadline = keyof typeof TERMS;

export interface Case {
  readonly what: string;
  readonly across: string;
  /** Who submits what is held back; the reseller unless given. */
  readonly by?: (network: RealNetwork) => Party;
  /** Rules beyond those that an event has by default. */
  readonly policy?: PolicyPart;
  /** Nothing is sold in advance. */
  readonly unsold?: true;
  /** What happens before that is endorsed. */
  readonly first?: (situation: Situation) => Promise<unknown>;
  readonly held: (situation: Situation) => Command | Promise<Command>;
  readonly transition: (situation: Situation) => Promise<unknown>;
  /** A time that comes while the transaction is held back. */
  readonly deadline?: Deadline;
}

/** @param inSeconds when the deadline is, if the case has one */
export async function setScene(
  network: RealNetwork,
  { policy, unsold, deadline }: Pick<Case, 'policy' | 'unsold' | 'deadline'>,
  inSeconds: number,
): Promise<Situation> {
  const terms: Terms = deadline ? TERMS[deadline](inSeconds) : {};
  const rules = { ...EVENT_POLICY, ...policy, ...terms.policy };
  const scene = liveScene({ schedule: openSchedule(terms.schedule), policy: rules });
  const { event, floor } = scene;
  const kept = aSale(floor);
  const offered = aSale(floor, { seats: ['floor:A:2'] });
  const offer = aListing(held(offered), floor, terms.listing);
  const sold = unsold ? [] : [kept.command, offered.command, offer.command];
  // The reseller takes the offer on, so it submits the lot.
  await network.reseller.ledger.accept([event.command, floor.command, ...sold], EVERYBODY);
  return { ...scene, network, ticket: held(kept), offer, device: aDevice(event) };
}
