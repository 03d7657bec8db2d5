/**
 * The places of an allotment as bits: the rows as the allotment lists them, each from its first number to its last; a pool is one row. Place n is bit
 * n mod 8 of byte n div 8, the lowest bit first. 80,000 seats are 10,000 bytes, which are kept in stretches, so that a sale writes few of them.
 */
import { isInSection, parsePlace } from '../../chaincode/domain/ids.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { placeCount } from '../../chaincode/domain/seats.js';

type Supply = Pick<AllotmentRecord, 'seats' | 'pool'>;

/** Seats side by side. */
interface Run {
  readonly from: number;
  readonly to: number;
  /** Place number of its first seat. */
  readonly at: number;
}

const STRETCH_BYTES = 128;

export interface Stretch {
  readonly stretch: number;
  readonly taken: Uint8Array;
}

export class PlaceBits {
  readonly bytes: Uint8Array;
  readonly #supply: string;
  readonly #section: string;
  readonly #rows = new Map<string, Run[]>();
  readonly #changed = new Set<number>();
  #count = 0;

  /** @param bytes as they were kept; none: every place is free */
  constructor(supply: Supply, bytes: Uint8Array = new Uint8Array()) {
    this.#supply = supplyOf(supply);
    this.#section = supply.seats?.section ?? supply.pool?.section ?? '';
    let at = 0;
    for (const [row, from, to] of rowsOf(supply)) {
      this.#rows.set(row, [...(this.#rows.get(row) ?? []), { from, to, at }]);
      at += to - from + 1;
    }
    this.bytes = new Uint8Array(Math.ceil(placeCount(supply) / 8));
    this.bytes.set(bytes.subarray(0, this.bytes.length));
    for (const byte of this.bytes) this.#count += ones(byte);
  }

  /** Whether these are the places of such an allotment. */
  isOf(supply: Supply): boolean {
    return this.#supply === supplyOf(supply);
  }

  /** @returns false for a place that the allotment does not have */
  set(placeId: string, taken: boolean): boolean {
    if (!isInSection(placeId, this.#section)) return false;
    const { row = '', number } = parsePlace(placeId);
    const run = this.#rows.get(row)?.find(({ from, to }) => from <= number && number <= to);
    if (!run) return false;
    const place = run.at + number - run.from;
    const [byte, mask] = [place >> 3, 1 << (place & 7)];
    const before = this.bytes[byte] ?? 0;
    const after = taken ? before | mask : before & ~mask;
    if (after === before) return true;
    this.bytes[byte] = after;
    this.#count += taken ? 1 : -1;
    this.#changed.add(Math.floor(byte / STRETCH_BYTES));
    return true;
  }

  /** How many are taken. */
  get count(): number {
    return this.#count;
  }

  all(): readonly Stretch[] {
    return Array.from({ length: Math.ceil(this.bytes.length / STRETCH_BYTES) }, (_, stretch) => this.#stretch(stretch));
  }

  /** Those that changed since they were last asked for. */
  takeChanged(): readonly Stretch[] {
    const changed = Array.from(this.#changed, (stretch) => this.#stretch(stretch));
    this.#changed.clear();
    return changed;
  }

  #stretch(stretch: number): Stretch {
    return { stretch, taken: this.bytes.slice(stretch * STRETCH_BYTES, (stretch + 1) * STRETCH_BYTES) };
  }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);
const ones = (byte: number): number => ONES[byte] ?? 0;

const supplyOf = ({ seats, pool }: Supply): string =>
  JSON.stringify([seats && [seats.section, seats.rows], pool && [pool.section, pool.from, pool.to]]);

const rowsOf = ({ seats, pool }: Supply): readonly (readonly [row: string, from: number, to: number])[] =>
  pool ? [['', pool.from, pool.to]] : (seats?.rows ?? []);
