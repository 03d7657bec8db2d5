/** Follows values from one sighting to the next, as far as they lead. */
import type { Sighting } from './sightings.js';

/** What is seen more often points to nobody: the sighting of one person at one event is in a dozen places. */
const MOST_SIGHTINGS = 60;
const SHOWN_CHARS = 160;

interface Step {
  readonly from: string;
  readonly by: Sighting;
}

export class Reached {
  readonly sightings = new Set<Sighting>();
  /** How each value was come by; the first by nothing. */
  readonly #steps = new Map<string, Step | undefined>();

  constructor(start: string) {
    this.#steps.set(start, undefined);
  }

  /** A map that grows while it is read is read to its end. */
  get tokens(): Iterable<string> {
    return this.#steps.keys();
  }

  has(token: string): boolean {
    return this.#steps.has(token);
  }

  add(by: Sighting, from: string): void {
    this.sightings.add(by);
    for (const token of by.tokens) if (!this.#steps.has(token)) this.#steps.set(token, { from, by });
  }

  /** What led there, for whoever has to find the leak. */
  wayTo(token: string): string {
    const step = this.#steps.get(token);
    if (!step) return token;
    return `${this.wayTo(step.from)}\n  in ${step.by.source} ${step.by.text.slice(0, SHOWN_CHARS)}…\n    ${token}`;
  }
}

export class Linker {
  readonly #sightings = new Map<string, Sighting[]>();
  readonly #commonKnowledge: ReadonlySet<string>;

  /** @param commonKnowledge what everybody knew before anybody came */
  constructor(sightings: readonly Sighting[], commonKnowledge: ReadonlySet<string>) {
    this.#commonKnowledge = commonKnowledge;
    for (const each of sightings)
      for (const token of each.tokens) {
        const known = this.#sightings.get(token);
        if (known) known.push(each);
        else this.#sightings.set(token, [each]);
      }
  }

  reach(start: string): Reached {
    const reached = new Reached(start);
    for (const token of reached.tokens)
      for (const each of this.#following(token)) if (!reached.sightings.has(each)) reached.add(each, token);
    return reached;
  }

  #following(token: string): readonly Sighting[] {
    const found = this.#sightings.get(token) ?? [];
    return this.#commonKnowledge.has(token) || found.length > MOST_SIGHTINGS ? [] : found;
  }
}
