/**
 * Dates of a zone, Doc 9303 part 3 section 4.8: six digits without a century. Which century is meant depends on the day on which one asks, so that day
 * is always given, and no identity is made of its answer.
 */
import { check, IdentityError, type IdentityField } from './identity-error.js';
import type { Span } from './zone.js';

/** 00 is taken for a leap year: 2000 was one. */
const daysIn = (month: number, year: number): number => {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** @throws {IdentityError} MRZ_FIELD */
export function checkExpiryDate({ text, line }: Span): void {
  checkDay(text, 'expiryDate', line);
}

/** The day, or month and day, or all of a birth date may be unknown, and then is fillers. @throws {IdentityError} MRZ_FIELD */
export function checkBirthDate({ text, line }: Span): void {
  if (text === '<<<<<<' || /^[0-9]{2}<<<<$/.test(text)) return;
  checkDay(text.replace(/<<$/, '01'), 'birthDate', line);
}

function checkDay(text: string, field: IdentityField, line: number): void {
  const [year, month, day] = partsOf(text);
  const exists = /^[0-9]{6}$/.test(text) && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
  check(exists, 'MRZ_FIELD', field, { line });
}

const partsOf = (text: string): readonly [number, number, number] => [
  Number(text.slice(0, 2)),
  Number(text.slice(2, 4)),
  Number(text.slice(4, 6)),
];

/** `2012-04-15` */
const isoDate = (year: number, text: string): string => `${year}-${text.slice(2, 4)}-${text.slice(4, 6)}`;

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** The last such day that is not in the future. @returns an ISO 8601 date. @throws {IdentityError} BIRTH_DATE_INCOMPLETE */
export function birthDateOf(birthDate: string, now: Date): string {
  if (birthDate.includes('<')) throw new IdentityError('BIRTH_DATE_INCOMPLETE', 'birthDate');
  const century = now.getUTCFullYear() - (now.getUTCFullYear() % 100);
  const date = isoDate(century + Number(birthDate.slice(0, 2)), birthDate);
  return date <= dayOf(now) ? date : isoDate(century - 100 + Number(birthDate.slice(0, 2)), birthDate);
}

const WINDOW_YEARS = 50;

/** The nearest such day: between 50 years ago and 49 years ahead. A document is good on that day still, by UTC. */
export function isExpired(expiryDate: string, now: Date): boolean {
  const earliest = now.getUTCFullYear() - WINDOW_YEARS;
  const past = (Number(expiryDate.slice(0, 2)) - (earliest % 100) + 100) % 100;
  return isoDate(earliest + past, expiryDate) < dayOf(now);
}
