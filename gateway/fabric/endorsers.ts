/**
 * Who is asked to endorse a batch. The chaincode's policy asks for so many of the endorsing organizations; a key with a policy of its own asks for
 * particular ones (chaincode/README.md, Records). Our own peer is the nearest and sees our own commits first; the others take turns.
 */
import { organizerOf } from '../../chaincode/domain/ids.js';
import { eventKey, organizationKeysKey } from '../../chaincode/domain/keys.js';
import type { Prepared } from '../../chaincode/domain/rule.js';
import type { Clock } from './clock.js';
import type { EndorsementPolicy } from './endorsement-policy.js';
import { Suspicion } from './suspicion.js';

/** Organizations without which a command's writes would not commit: an event is its organizer's, keys are their organization's. */
export function requiredEndorsers(
  { event, writes }: Pick<Prepared, 'event' | 'writes'>,
  mspId: string,
): readonly string[] {
  if (event !== undefined && writes.includes(eventKey(event))) return [organizerOf(event)];
  return writes.includes(organizationKeysKey(mspId)) ? [mspId] : [];
}

export interface EndorsersOptions extends EndorsementPolicy {
  readonly own: string;
  readonly clock: Clock;
}

export class Endorsers {
  readonly #own: string;
  readonly #suspicion: Suspicion;
  #policy: EndorsementPolicy;
  #turn = 0;

  constructor({ own, clock, needed, organizations }: EndorsersOptions) {
    this.#own = own;
    this.#policy = { needed, organizations };
    this.#suspicion = new Suspicion(clock);
  }

  /** The chaincode's policy has changed: batches under way are asked for by the new one when they are proposed again. */
  follow(policy: EndorsementPolicy): void {
    this.#policy = policy;
  }

  /** Every organization that endorses. */
  get all(): readonly string[] {
    return this.#policy.organizations;
  }

  /** @param required organizations that must be among them */
  choose(required: readonly string[]): readonly string[] {
    return this.admissible(required)[0] ?? required;
  }

  /**
   * Every smallest set that may do, the one to ask first before the others.
   * @param required organizations that must be among them
   * @param options.ownLast our own peer may lag: it is asked after others, if not after suspects
   */
  admissible(
    required: readonly string[],
    { ownLast = false }: { readonly ownLast?: boolean } = {},
  ): readonly (readonly string[])[] {
    const { organizations, needed } = this.#policy;
    const count = Math.min(organizations.length, Math.max(needed, required.length));
    const others = this.#byPreference(ownLast).filter((msp) => !required.includes(msp));
    return subsets(others, count - required.length).map((subset) => [...required, ...subset]);
  }

  /** Their peers failed: they are asked last for a while. */
  suspect(organizations: readonly string[]): void {
    for (const msp of organizations) this.#suspicion.raise(msp);
  }

  /** Their peers endorsed. */
  trust(organizations: readonly string[]): void {
    for (const msp of organizations) this.#suspicion.clear(msp);
  }

  #byPreference(ownLast: boolean): readonly string[] {
    const { organizations } = this.#policy;
    const others = organizations.filter((msp) => msp !== this.#own);
    const turn = this.#turn++ % Math.max(1, others.length);
    const othersInTurn = [...others.slice(turn), ...others.slice(0, turn)];
    const ours = organizations.filter((msp) => msp === this.#own);
    const inTurn = ownLast ? [...othersInTurn, ...ours] : [...ours, ...othersInTurn];
    const isSuspect = (msp: string) => this.#suspicion.isSuspect(msp);
    return [...inTurn.filter((msp) => !isSuspect(msp)), ...inTurn.filter(isSuspect)];
  }
}

/** Of so many members each, in the list's order. */
function subsets(list: readonly string[], size: number): readonly (readonly string[])[] {
  if (size <= 0) return [[]];
  return list.flatMap((first, index) => subsets(list.slice(index + 1), size - 1).map((rest) => [first, ...rest]));
}
