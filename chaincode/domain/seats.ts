/** Seats as ranges: which places an allotment holds, and that no two allotments of an event overlap. */
import { parsePlace } from './ids.js';
import type { AllotmentRecord, BlockRecord, SeatRange } from './records.js';
import { refuse, require } from './refusal.js';

type Supply = Pick<AllotmentRecord, 'seats' | 'pool'>;

/** The section of an allotment, which holds rows of seats or a range of a pool, not both. */
export function sectionOf(supply: Supply, field: string): string {
  const { seats, pool } = supply;
  if (seats && !pool) return seats.section;
  if (pool && !seats) return pool.section;
  return refuse('INVALID_FIELD', { field: `${field}.seats`, reason: 'give either seats or pool' });
}

export function contains(supply: Supply, placeId: string): boolean {
  const place = parsePlace(placeId);
  const inside = (from: number, to: number) => from <= place.number && place.number <= to;
  if (supply.pool) {
    return place.row === undefined && place.section === supply.pool.section && inside(supply.pool.from, supply.pool.to);
  }
  if (place.section !== supply.seats?.section) return false;
  return supply.seats.rows.some(([row, from, to]) => row === place.row && inside(from, to));
}

export function placeCount(supply: Supply): number {
  const count = (from: number, to: number) => to - from + 1;
  if (supply.pool) return count(supply.pool.from, supply.pool.to);
  return (supply.seats?.rows ?? []).reduce((sum, [, from, to]) => sum + count(from, to), 0);
}

/** All places of an allotment, in its own order. */
export function* placesOf(supply: Supply): Generator<string> {
  const { pool, seats } = supply;
  if (pool) for (let number = pool.from; number <= pool.to; number += 1) yield `${pool.section}:${number}`;
  for (const [row, from, to] of seats?.rows ?? []) {
    for (let number = from; number <= to; number += 1) yield `${seats?.section ?? ''}:${row}:${number}`;
  }
}

/**
 * Adds an allotment's places to the block of its section.
 * @throws {Refusal} SEATS_ALREADY_ALLOTTED naming the first place that overlaps, SECTION_KIND_MISMATCH, INVALID_SEATS for a range that ends before it starts
 */
export function addToBlock(block: BlockRecord | undefined, { seats, pool }: Supply, field: string): BlockRecord {
  if (pool) {
    const ranges = block ? rangesOf(block, 'pool', `${field}.pool`).ranges : [];
    return { kind: 'pool', ranges: insertRange(ranges, [pool.from, pool.to], `${field}.pool`, pool.section) };
  }
  if (!seats) return refuse('INVALID_FIELD', { field: `${field}.seats`, reason: 'give either seats or pool' });
  const rows = new Map(block ? Object.entries(rangesOf(block, 'rows', `${field}.seats`).rows) : []);
  for (const [index, [row, from, to]] of seats.rows.entries()) {
    const place = `${seats.section}:${row}`;
    rows.set(row, insertRange(rows.get(row) ?? [], [from, to], `${field}.seats.rows[${index}]`, place));
  }
  return { kind: 'rows', rows: Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** A section is either rows of seats or a pool, for good. */
function rangesOf<K extends BlockRecord['kind']>(
  block: BlockRecord,
  kind: K,
  field: string,
): BlockRecord & { kind: K } {
  require(block.kind === kind, 'SECTION_KIND_MISMATCH', { field, kind: block.kind });
  return block as BlockRecord & { kind: K };
}

/** Inserts into sorted, disjoint ranges; neighbours are merged, so that a block stays short. */
function insertRange(
  ranges: readonly SeatRange[],
  [from, to]: SeatRange,
  field: string,
  place: string,
): readonly SeatRange[] {
  require(from <= to, 'INVALID_SEATS', { field, from, to });
  const overlap = ranges.find((range) => from <= range[1] && range[0] <= to);
  require(!overlap, 'SEATS_ALREADY_ALLOTTED', { field, place: `${place}:${Math.max(from, overlap?.[0] ?? from)}` });
  const sorted = [...ranges, [from, to] as const].sort((a, b) => a[0] - b[0]);
  return sorted.reduce<SeatRange[]>((merged, range) => {
    const last = merged[merged.length - 1];
    if (last?.[1] === range[0] - 1) return [...merged.slice(0, -1), [last[0], range[1]]];
    return [...merged, range];
  }, []);
}
