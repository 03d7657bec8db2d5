/** Specimen passports of Utopia (ICAO Doc 9303 part 4): well formed, of a state that does not exist, and of a person who is new with each number. */
import { checkDigitOf } from '../../committee/identity/check-digits.js';

const LINE = 44;
const STATE = 'UTO';
const BIRTH_DATE = '900101';
const YEARS_VALID = 5;
const NUMBER_CHARS = 9;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export interface SpecimenPerson {
  /** In the letters of the zone: A to Z. */
  readonly surname: string;
  readonly givenName: string;
  /** Nine letters and digits. */
  readonly number: string;
}

/** A number that no document of another tour has. */
export function newDocumentNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NUMBER_CHARS));
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/** @returns the machine-readable zone, two lines */
export function specimenPassport({ surname, givenName, number }: SpecimenPerson, nowMs = Date.now()): string {
  const expires = new Date(nowMs);
  expires.setUTCFullYear(expires.getUTCFullYear() + YEARS_VALID);
  const expiry = expires.toISOString().slice(2, 10).replaceAll('-', '');
  const withDigit = (text: string) => `${text}${checkDigitOf(text)}`;
  const [first, birth, until, optional] = [number, BIRTH_DATE, expiry, '<'.repeat(14)].map(withDigit);
  const covered = [first, birth, until, optional].join('');
  const upper = `P<${STATE}${surname}<<${givenName}`.padEnd(LINE, '<');
  const lower = `${first ?? ''}${STATE}${birth ?? ''}<${until ?? ''}${optional ?? ''}${checkDigitOf(covered)}`;
  return `${upper}\n${lower}`;
}
