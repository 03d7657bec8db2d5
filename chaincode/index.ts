/** What the Fabric runtime loads. */
import { BoxOffice } from './contracts/box-office.js';
import { Consortium } from './contracts/consortium.js';
import { parseFounding } from './domain/consortium.js';
import { Records } from './contracts/records.js';

export const contracts = [BoxOffice, Consortium, Records];

/** @param founding the argument of `Consortium:propose` that this organization agrees to */
export function agreeToFounding(founding: string): void {
  Consortium.agreed = parseFounding(founding);
}
