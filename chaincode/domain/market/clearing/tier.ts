/**
 * The free places of one price class at one price, as runs of neighbours. Places are only taken from the front of a run, so runs get shorter and never fall
 * apart; and the first run that is long enough for n is never again before the one that was the first for n.
 */
import type { Place } from '../../ids.js';
import { isNext } from './place-order.js';

/** A place that is to be had. */
export interface FreePlace {
  /** Place id, inside the event. */
  readonly place: string;
  readonly priceClass: string;
  /** What it costs, everything included. */
  readonly totalMinor: number;
}

export type Located = FreePlace & { readonly at: Place };

interface Run {
  readonly places: readonly Located[];
  /** How many of them are taken: the first ones. */
  taken: number;
}

export class Tier {
  readonly totalMinor: number;
  readonly #runs: readonly Run[];
  /** By length: before this run none is so long. */
  readonly #from = new Map<number, number>();
  #free: number;

  /** @param places ascending, of one class and one price, at least one */
  constructor(places: readonly Located[]) {
    this.totalMinor = places[0]?.totalMinor ?? 0;
    const runs: Located[][] = [];
    let before: Located | undefined;
    for (const place of places) {
      if (before && isNext(before.at, place.at)) runs.at(-1)?.push(place);
      else runs.push([place]);
      before = place;
    }
    this.#free = places.length;
    this.#runs = runs.map((run) => ({ places: run, taken: 0 }));
  }

  /** @returns the first of the first `length` free neighbours, undefined where there are none */
  firstOf(length: number): Place | undefined {
    const run = this.#runs[this.#indexOf(length)];
    return run?.places[run.taken]?.at;
  }

  /** Takes them. */
  take(length: number): readonly Located[] {
    const run = this.#runs[this.#indexOf(length)];
    if (!run) return [];
    run.taken += length;
    this.#free -= length;
    return run.places.slice(run.taken - length, run.taken);
  }

  get free(): number {
    return this.#free;
  }

  #indexOf(length: number): number {
    let index = this.#from.get(length) ?? 0;
    const isLong = (run: Run) => run.places.length - run.taken >= length;
    for (let run = this.#runs[index]; run && !isLong(run); run = this.#runs[index]) index += 1;
    this.#from.set(length, index);
    return index;
  }
}
