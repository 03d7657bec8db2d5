/** The places of a market's allotments, in their order and by pages: what a ballot or a waiting list gives out. */
import type { AllotmentRecord } from '../records.js';

export const PLACES_PER_PAGE = 256;

export const supplyPages = (places: number): number => Math.ceil(places / PLACES_PER_PAGE);

/** Every place of the allotment, as its statement has them. */
export function placesOf({ seats, pool }: Pick<AllotmentRecord, 'seats' | 'pool'>): string[] {
  const run = (at: string, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${at}:${from + index}`);
  if (pool) return run(pool.section, pool.from, pool.to);
  return (seats?.rows ?? []).flatMap(([row, from, to]) => run(`${seats?.section ?? ''}:${row}`, from, to));
}

/** @param allotments in the market's order. @returns [allotment, place] of one page of all their places */
export function placesOnPage(
  allotments: readonly AllotmentRecord[],
  page: number,
): readonly (readonly [AllotmentRecord, string])[] {
  const all = allotments.flatMap((record) => placesOf(record).map((place) => [record, place] as const));
  return all.slice(page * PLACES_PER_PAGE, (page + 1) * PLACES_PER_PAGE);
}
