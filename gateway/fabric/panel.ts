/** Whom one batch's proposals go to, one after the other: after endorsers differed others are asked, without our own first, for it may lag. */
import type { Endorsers } from './endorsers.js';

export class Panel {
  readonly #endorsers: Endorsers;
  readonly #required: readonly string[];
  /** How often each set of endorsers has differed. */
  readonly #differences = new Map<string, number>();
  /** Those that did although their peers had the same records. */
  readonly #divided = new Set<string>();
  #everybody = false;

  constructor(endorsers: Endorsers, required: readonly string[]) {
    this.#endorsers = endorsers;
    this.#required = required;
  }

  /** Some have differed, so that heights matter now. */
  get hasDiffered(): boolean {
    return this.#differences.size > 0;
  }

  /** Whatever set of endorsers is asked, they differ on the same records: then it is not that some lag. */
  get isDivided(): boolean {
    return this.#admissible().every((set) => this.#divided.has(nameOf(set)));
  }

  /** @throws {Error} if it is divided */
  next(): readonly string[] {
    const differences = (set: readonly string[]) => this.#differences.get(nameOf(set)) ?? 0;
    const open = this.#admissible().filter((set) => !this.#divided.has(nameOf(set)));
    const [next] = open.toSorted((one, other) => differences(one) - differences(other));
    if (!next) throw new Error('no set of endorsers is left');
    return next;
  }

  /** @param wereLevel their peers had the same records, as far as it matters */
  differed(chosen: readonly string[], wereLevel: boolean): void {
    const name = nameOf(chosen);
    this.#differences.set(name, (this.#differences.get(name) ?? 0) + 1);
    if (wereLevel) this.#divided.add(name);
  }

  /** We may not know whose endorsement was missing. */
  policyFailed(): void {
    this.#everybody = true;
  }

  #admissible(): readonly (readonly string[])[] {
    if (this.#everybody) return [this.#endorsers.all];
    return this.#endorsers.admissible(this.#required, { ownLast: this.hasDiffered });
  }
}

const nameOf = (organizations: readonly string[]): string => organizations.toSorted().join();
