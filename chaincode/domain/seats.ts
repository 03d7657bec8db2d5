/** Seats as ranges: which places an allotment holds, and that no two allotments of an event overlap. */
import { isInSection, parsePlace } from './ids.js';
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

export function contains({ seats, pool }: Supply, placeId: string): boolean {
  const section = (pool ?? seats)?.section;
  if (section === undefined || !isInSection(placeId, section)) return false;
  const { row, number } = parsePlace(placeId);
  const inside = (from: number, to: number) => from <= number && number <= to;
  if (pool) return row === undefined && inside(pool.from, pool.to);
  return (seats?.rows ?? []).some(([name, from, to]) => name === row && inside(from, to));
}

export function placeCount(supply: Supply): number {
  const count = (from: number, to: number) => to - from + 1;
  if (supply.pool) return count(supply.pool.from, supply.pool.to);
  return (supply.seats?.rows ?? []).reduce((sum, [, from, to]) => sum + count(from, to), 0);
}

/**
 * Adds an allotment's places to the block of its section.
 * @throws {Refusal} SEATS_ALREADY_ALLOTTED naming the first place that overlaps, SECTION_KIND_MISMATCH, INVALID_SEATS for a range that ends before it starts
 */
export function addToBlock(block: BlockRecord | undefined, { seats, pool }: Supply, field: string): BlockRecord {
  if (pool) {
    const ranges = block ? [...rangesOf(block, 'pool', `${field}.pool`).ranges] : [];
    insertRange(ranges, [pool.from, pool.to], `${field}.pool`, pool.section);
    return { kind: 'pool', ranges };
  }
  if (!seats) return refuse('INVALID_FIELD', { field: `${field}.seats`, reason: 'give either seats or pool' });
  const before = Object.entries(block ? rangesOf(block, 'rows', `${field}.seats`).rows : {});
  const rows = new Map(before.map(([row, ranges]) => [row, [...ranges]]));
  for (const [index, [row, from, to]] of seats.rows.entries()) {
    const ranges = rows.get(row) ?? [];
    insertRange(ranges, [from, to], `${field}.seats.rows[${index}]`, `${seats.section}:${row}`);
    rows.set(row, ranges);
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

/** Inserts into sorted, disjoint ranges, in place, for there may be thousands; neighbours are merged, so that a block stays short. */
function insertRange(ranges: SeatRange[], [from, to]: SeatRange, field: string, place: string): void {
  require(from <= to, 'INVALID_SEATS', { field, from, to });
  const at = countUpTo(ranges, from);
  const [before, after] = [ranges[at - 1], ranges[at]];
  const overlap = [before, after].find((range) => range && from <= range[1] && range[0] <= to);
  require(!overlap, 'SEATS_ALREADY_ALLOTTED', { field, place: `${place}:${Math.max(from, overlap?.[0] ?? from)}` });
  const joined = { before: before?.[1] === from - 1, after: after?.[0] === to + 1 };
  const merged = [joined.before && before ? before[0] : from, joined.after && after ? after[1] : to] as const;
  ranges.splice(at - Number(joined.before), Number(joined.before) + Number(joined.after), merged);
}

/** @returns how many of the sorted ranges start at `number` or before it */
export function countUpTo(ranges: readonly SeatRange[], number: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[0] ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
