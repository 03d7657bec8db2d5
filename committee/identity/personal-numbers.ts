/**
 * Where an issuer puts the national personal number. Optional data is free to each issuer (Doc 9303 parts 4 to 6), so a place is listed only with its
 * source, and a number is taken only if it proves itself by its own check letter, remainder or birth date. A wrong entry then refuses people; it does
 * not bind them to a card's serial number.
 */
import { check } from './identity-error.js';
import type { TravelDocument } from './travel-document.js';
import { SPECIMEN_STATE, type MrzFormat } from './zone.js';

export interface PersonalNumberRule {
  readonly scheme: string;
  readonly places: readonly {
    readonly format: MrzFormat;
    readonly documentCode: string;
    readonly optionalData: 0 | 1;
  }[];
  readonly proves: (number: string, document: TravelDocument) => boolean;
}

export type PersonalNumberTable = Readonly<Partial<Record<string, PersonalNumberRule>>>;

export const PERSONAL_NUMBERS: PersonalNumberTable = {
  // DNI number with its letter: Real Decreto 1553/2005, article 11; the place: specimen BAA000589 of the police. Not the passport: its field holds the
  // digits between others that nobody explains.
  ESP: {
    scheme: 'dni',
    places: [{ format: 'TD1', documentCode: 'ID', optionalData: 0 }],
    proves: (number) =>
      /^[0-9]{8}[A-Z]$/.test(number) && number.at(8) === 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number.slice(0, 8)) % 23],
  },
  // Birth number (rodné číslo): Act 133/2000, section 13; the place: specimen 99009054 of the passport.
  CZE: {
    scheme: 'rodne-cislo',
    places: [{ format: 'TD3', documentCode: 'P', optionalData: 0 }],
    proves: isBirthNumberOf,
  },
  // Doc 9303 part 4, specimen L898902C3. It has no check of its own, but then Utopia is accepted by no policy that matters.
  [SPECIMEN_STATE]: {
    scheme: 'personal-number',
    places: [{ format: 'TD3', documentCode: 'P', optionalData: 0 }],
    proves: (number) => /^[A-Z0-9]+$/.test(number),
  },
};

export interface PersonalNumber {
  readonly scheme: string;
  readonly number: string;
}

/**
 * @returns undefined if the issuer is not in the table
 * @throws {IdentityError} PERSONAL_NUMBER_NOT_DOCUMENTED for another document of an issuer that is, PERSONAL_NUMBER_INVALID
 */
export function personalNumberOf(
  document: TravelDocument,
  table: PersonalNumberTable = PERSONAL_NUMBERS,
): PersonalNumber | undefined {
  const rule = table[document.issuer];
  if (!rule) return undefined;
  const { format, documentCode, optionalData } = document;
  const place = rule.places.find((listed) => listed.format === format && listed.documentCode === documentCode);
  check(place !== undefined, 'PERSONAL_NUMBER_NOT_DOCUMENTED', 'documentCode');
  const number = optionalData[place.optionalData] ?? '';
  check(rule.proves(number, document), 'PERSONAL_NUMBER_INVALID', 'personalNumber');
  return { scheme: rule.scheme, number };
}

/** Month plus 50 for women, and plus 20 where a day's numbers had run out; a multiple of 11 since 1954, before that nine digits. */
function isBirthNumberOf(number: string, { birthDate, sex }: TravelDocument): boolean {
  if (!/^[0-9]{9,10}$/.test(number)) return false;
  const month = Number(number.slice(2, 4)) - (sex === 'F' ? 50 : 0);
  const plain = String(month > 20 ? month - 20 : month).padStart(2, '0');
  const born = number.slice(0, 2) + plain + number.slice(4, 6);
  return born === birthDate && (number.length === 10 ? isMultipleOf11(number) : Number(number.slice(0, 2)) < 54);
}

/** Until 1985 a remainder of 10 was written as 0. */
const isMultipleOf11 = (number: string): boolean =>
  Number(number) % 11 === 0 || (Number(number.slice(0, 9)) % 11 === 10 && number.endsWith('0'));
