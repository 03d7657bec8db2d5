/**
 * The places of an allotment as bits: the rows as the allotment lists them, each from its first number to its last; a pool is one row. Place n is bit
 * n mod 8 of byte n div 8, the lowest bit first. 80,000 seats are 10,000 bytes.
 */
import { parsePlace } from '../../chaincode/domain/ids.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { placeCount } from '../../chaincode/domain/seats.js';

type Supply = Pick<AllotmentRecord, 'seats' | 'pool'>;

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Place number of its first seat. */
  readonly at: number;
}

export class PlaceBits {
  readonly bytes: Uint8Array;
  readonly #section: string;
  readonly #rows = new Map<string, Stretch[]>();

  /** @param bytes as they were kept; none: every place is free */
  constructor(supply: Supply, bytes: Uint8Array = new Uint8Array()) {
    this.#section = supply.seats?.section ?? supply.pool?.section ?? '';
    let at = 0;
    for (const [row, from, to] of rowsOf(supply)) {
      this.#rows.set(row, [...(this.#rows.get(row) ?? []), { from, to, at }]);
      at += to - from + 1;
    }
    this.bytes = new Uint8Array(Math.ceil(placeCount(supply) / 8));
    this.bytes.set(bytes.subarray(0, this.bytes.length));
  }

  /** @returns false for a place that the allotment does not have */
  set(placeId: string, taken: boolean): boolean {
    const { section, row = '', number } = parsePlace(placeId);
    const found = section === this.#section ? this.#rows.get(row) : undefined;
    const stretch = found?.find(({ from, to }) => from <= number && number <= to);
    if (!stretch) return false;
    const place = stretch.at + number - stretch.from;
    const [byte, mask] = [place >> 3, 1 << (place & 7)];
    const before = this.bytes[byte] ?? 0;
    this.bytes[byte] = taken ? before | mask : before & ~mask;
    return true;
  }

  /** How many are taken. */
  get count(): number {
    let count = 0;
    for (const byte of this.bytes) count += ONES[byte] ?? 0;
    return count;
  }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

const rowsOf = ({ seats, pool }: Supply): readonly (readonly [row: string, from: number, to: number])[] =>
  pool ? [['', pool.from, pool.to]] : (seats?.rows ?? []);
