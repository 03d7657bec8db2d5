/** The places of an allotment as rows of ranges, free and sold: what the map and the table are drawn from. */
import type { Allotment, Availability } from './resources.js';

export type Range = readonly [from: number, to: number];

export interface Row {
  /** Undefined in a pool, which has numbers only. */
  readonly label: string | undefined;
  readonly all: readonly Range[];
  readonly free: readonly Range[];
  readonly sold: readonly Range[];
}

export function rowsOf(
  { seats, pool }: Pick<Allotment, 'seats' | 'pool'>,
  { runs }: Pick<Availability, 'runs'>,
): readonly Row[] {
  const ranges = new Map<string | undefined, Range[]>();
  if (pool) ranges.set(undefined, [[pool.from, pool.to]]);
  for (const [row, from, to] of seats?.rows ?? []) ranges.set(row, [...(ranges.get(row) ?? []), [from, to]]);
  return Array.from(ranges, ([label, all]) => {
    const free = runs.filter(({ row }) => row === label).map(({ from, to }): Range => [from, to]);
    return { label, all, free, sold: all.flatMap((range) => without(range, free)) };
  });
}

/** What is left of a range when others, which don't overlap each other, are taken out. */
function without([from, to]: Range, taken: readonly Range[]): readonly Range[] {
  const left: Range[] = [];
  let next = from;
  for (const [first, last] of taken.toSorted((a, b) => a[0] - b[0])) {
    if (last < next || first > to) continue;
    if (first > next) left.push([next, first - 1]);
    next = last + 1;
  }
  return next <= to ? [...left, [next, to]] : left;
}

export const has = (ranges: readonly Range[], number: number): boolean =>
  ranges.some(([from, to]) => from <= number && number <= to);

export function* numbersIn(ranges: readonly Range[]): Generator<number> {
  for (const [from, to] of ranges) for (let number = from; number <= to; number += 1) yield number;
}

/** 1–4, 7 */
export const rangeWords = (ranges: readonly Range[]): string =>
  ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ') || '–';

/** The place id within its event. */
export const placeId = (section: string, row: string | undefined, number: number): string =>
  row === undefined ? `${section}:${number}` : `${section}:${row}:${number}`;

export const sectionOf = ({ seats, pool }: Pick<Allotment, 'seats' | 'pool'>): string =>
  seats?.section ?? pool?.section ?? '';
