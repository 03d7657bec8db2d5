/** Free places of one allotment: sorted runs of numbers for each row. A pool is one row without a name. */
import { isInSection, parsePlace } from '../../chaincode/domain/ids.js';
import type { AllotmentRecord, SeatRange } from '../../chaincode/domain/records.js';
import { countUpTo, sectionOf } from '../../chaincode/domain/seats.js';

type Supply = Pick<AllotmentRecord, 'seats' | 'pool'>;

interface Located {
  /** Of its row. */
  readonly runs: SeatRange[];
  /** Of the last run that begins at the place or before it, which alone may have it; -1 for none. */
  readonly index: number;
  readonly number: number;
  /** That run, if it has the place: then it is free. */
  readonly run: SeatRange | undefined;
}

export class FreePlaces {
  readonly #section: string;
  readonly #rows = new Map<string, SeatRange[]>();

  constructor(supply: Supply) {
    const { seats, pool } = supply;
    this.#section = sectionOf(supply, 'allotment');
    if (pool) this.#rows.set('', [[pool.from, pool.to]]);
    for (const [row, from, to] of seats?.rows ?? []) this.#rows.set(row, [...(this.#rows.get(row) ?? []), [from, to]]);
    for (const runs of this.#rows.values()) runs.sort((a, b) => a[0] - b[0]);
  }

  get count(): number {
    let count = 0;
    for (const runs of this.#rows.values()) count += runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    return count;
  }

  /** The runs as they stand: row (undefined in a pool), first and last number. */
  *runs(): Generator<readonly [row: string | undefined, from: number, to: number]> {
    for (const [row, runs] of this.#rows) for (const [from, to] of runs) yield [row === '' ? undefined : row, from, to];
  }

  /** Free places from the run on that begins with this one, at most so many. */
  from(first: string, count: number): readonly string[] {
    const places: string[] = [];
    const start = parsePlace(first);
    let isThere = false;
    for (const [row, from, to] of this.runs()) {
      isThere ||= row === start.row && from === start.number;
      const last = isThere ? Math.min(to, from + count - places.length - 1) : 0;
      for (let number = from; number <= last; number += 1) places.push(this.#placeOf(row, number));
    }
    return places;
  }

  /** Takes that many places side by side, the first there are. @returns undefined if no run is long enough */
  takeAdjacent(quantity: number): readonly string[] | undefined {
    for (const [row, runs] of this.#rows) {
      const index = runs.findIndex(([from, to]) => to - from + 1 >= quantity);
      const run = runs[index];
      if (run) return this.#takeFront(row, runs, index, run, quantity);
    }
    return undefined;
  }

  /** Takes that many places wherever they are. @returns undefined if there are fewer */
  takeAnywhere(quantity: number): readonly string[] | undefined {
    if (this.count < quantity) return undefined;
    const taken: string[] = [];
    for (const [row, runs] of this.#rows) {
      for (let run = runs[0]; run && taken.length < quantity; run = runs[0]) {
        taken.push(...this.#takeFront(row, runs, 0, run, Math.min(quantity - taken.length, run[1] - run[0] + 1)));
      }
    }
    return taken;
  }

  /** Takes one place, if it is free; a place of another section or row is none of these. @returns whether it was */
  take(placeId: string): boolean {
    const at = this.#locate(placeId);
    if (!at?.run) return false;
    const { runs, index, number } = at;
    const [first, last] = at.run;
    const rest: SeatRange[] = [
      [first, number - 1],
      [number + 1, last],
    ];
    runs.splice(index, 1, ...rest.filter(([from, to]) => from <= to));
    return true;
  }

  has(placeId: string): boolean {
    return this.#locate(placeId)?.run !== undefined;
  }

  /** Puts a place back. */
  release(placeId: string): void {
    const at = this.#locate(placeId);
    if (!at || at.run) return;
    const { runs, index, number } = at;
    const [before, after] = [runs[index], runs[index + 1]];
    const joinsBefore = before?.[1] === number - 1;
    const joinsAfter = after?.[0] === number + 1;
    const run: SeatRange = [joinsBefore ? before[0] : number, joinsAfter ? after[1] : number];
    runs.splice(joinsBefore ? index : index + 1, Number(joinsBefore) + Number(joinsAfter), run);
  }

  /** @returns undefined for a place of another section or row */
  #locate(placeId: string): Located | undefined {
    if (!isInSection(placeId, this.#section)) return undefined;
    const { row = '', number } = parsePlace(placeId);
    const runs = this.#rows.get(row);
    if (!runs) return undefined;
    const index = countUpTo(runs, number) - 1;
    const last = runs[index];
    return { runs, index, number, run: last && number <= last[1] ? last : undefined };
  }

  #takeFront(
    row: string,
    runs: SeatRange[],
    index: number,
    [from, to]: SeatRange,
    quantity: number,
  ): readonly string[] {
    if (from + quantity > to) runs.splice(index, 1);
    else runs[index] = [from + quantity, to];
    return Array.from({ length: quantity }, (_, step) => this.#placeOf(row === '' ? undefined : row, from + step));
  }

  #placeOf(row: string | undefined, number: number): string {
    return row === undefined ? `${this.#section}:${number}` : `${this.#section}:${row}:${number}`;
  }
}
