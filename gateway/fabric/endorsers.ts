/**
 * Who is asked to endorse a batch. The chaincode's policy asks for so many of the endorsing organizations; a key with a policy of its own asks for
 * particular ones (chaincode/README.md, Records). Our own peer is the nearest and sees our own commits first; the others take turns.
 */
import { organizerOf } from '../../chaincode/domain/ids.js';
import { eventKey, organizationKeysKey } from '../../chaincode/domain/keys.js';
import type { Prepared } from '../../chaincode/domain/rule.js';
import type { Clock } from './clock.js';
import { Suspicion } from './suspicion.js';

/** Organizations without which a command's writes would not commit: an event is its organizer's, keys are their organization's. */
export function requiredEndorsers(
  { event, writes }: Pick<Prepared, 'event' | 'writes'>,
  mspId: string,
): readonly string[] {
  if (event !== undefined && writes.includes(eventKey(event))) return [organizerOf(event)];
  return writes.includes(organizationKeysKey(mspId)) ? [mspId] : [];
}

export interface EndorsersOptions {
  readonly own: string;
  /** All that endorse. */
  readonly organizations: readonly string[];
  /** How many the chaincode's policy asks for. */
  readonly needed: number;
  readonly clock: Clock;
}

export class Endorsers {
  readonly #options: EndorsersOptions;
  readonly #suspicion: Suspicion;
  #turn = 0;

  constructor(options: EndorsersOptions) {
    this.#options = options;
    this.#suspicion = new Suspicion(options.clock);
  }

  /**
   * @param required organizations that must be among them
   * @param everybody where a policy failed and we may not know why
   */
  choose(required: readonly string[], everybody = false): readonly string[] {
    const { organizations, needed } = this.#options;
    if (everybody) return organizations;
    const count = Math.min(organizations.length, Math.max(needed, required.length));
    return [...required, ...this.#byPreference().filter((msp) => !required.includes(msp))].slice(0, count);
  }

  /** Their peers failed: they are asked last for a while. */
  suspect(organizations: readonly string[]): void {
    for (const msp of organizations) this.#suspicion.raise(msp);
  }

  /** Their peers endorsed. */
  trust(organizations: readonly string[]): void {
    for (const msp of organizations) this.#suspicion.clear(msp);
  }

  #byPreference(): readonly string[] {
    const { own, organizations } = this.#options;
    const others = organizations.filter((msp) => msp !== own);
    const turn = this.#turn++ % Math.max(1, others.length);
    const inTurn = [...organizations.filter((msp) => msp === own), ...others.slice(turn), ...others.slice(0, turn)];
    const isSuspect = (msp: string) => this.#suspicion.isSuspect(msp);
    return [...inTurn.filter((msp) => !isSuspect(msp)), ...inTurn.filter(isSuspect)];
  }
}
