/** What the Fabric runtime loads. */
import { BoxOffice } from './contracts/box-office.js';
import { Consortium } from './contracts/consortium.js';
import { Records } from './contracts/records.js';

export const contracts = [BoxOffice, Consortium, Records];
