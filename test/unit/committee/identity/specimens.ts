/** Published specimens, and documents made of them. The check digits here are computed apart from the code under test. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readMrz, type IdentityErrorCode, type IdentityField } from '../../../../committee/identity/index.js';
import { IdentityError } from '../../../../committee/identity/index.js';
import type { DocumentFields } from '../../../../committee/identity/travel-document.js';

export interface Specimen {
  readonly name: string;
  readonly source: string;
  readonly lines: readonly string[];
  readonly fields: DocumentFields;
}

export function projectRoot(directory = process.cwd()): string {
  return existsSync(join(directory, 'committee', 'identity', 'index.ts')) ? directory : projectRoot(dirname(directory));
}

const specimensIn = (file: string): readonly Specimen[] => {
  const text = readFileSync(join(projectRoot(), 'test', 'vectors', file), 'utf8');
  return (JSON.parse(text) as { readonly specimens: readonly Specimen[] }).specimens;
};

export const UTOPIAN = specimensIn('icao-9303-specimens.json');
export const SPECIMENS = [...UTOPIAN, ...specimensIn('icao-national-specimens.json')];

export function specimen(name: string): Specimen {
  const found = SPECIMENS.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no specimen ${name}`);
  return found;
}

/** A day on which all specimens but the oldest are valid. */
export const THEN = new Date('2010-06-01T12:00:00Z');

type Place = readonly [line: number, start: number, end: number];

/** A check digit's place and what it covers, from the tables of Doc 9303 parts 4 to 6. */
const DIGITS: Readonly<Record<DocumentFields['format'], readonly (readonly [Place, ...Place[]])[]>> = {
  TD1: [
    [
      [0, 14, 15],
      [0, 5, 14],
    ],
    [
      [1, 6, 7],
      [1, 0, 6],
    ],
    [
      [1, 14, 15],
      [1, 8, 14],
    ],
    [
      [1, 29, 30],
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
  ],
  TD2: [
    [
      [1, 9, 10],
      [1, 0, 9],
    ],
    [
      [1, 19, 20],
      [1, 13, 19],
    ],
    [
      [1, 27, 28],
      [1, 21, 27],
    ],
    [
      [1, 35, 36],
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
  ],
  TD3: [
    [
      [1, 9, 10],
      [1, 0, 9],
    ],
    [
      [1, 19, 20],
      [1, 13, 19],
    ],
    [
      [1, 27, 28],
      [1, 21, 27],
    ],
    [
      [1, 42, 43],
      [1, 28, 42],
    ],
    [
      [1, 43, 44],
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
  ],
};

const VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function referenceDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    sum += Math.max(0, VALUES.indexOf(text.charAt(index))) * Number('731'.charAt(index % 3));
  }
  return String(sum % 10);
}

const formatOf = (lines: readonly string[]): DocumentFields['format'] => {
  if (lines.length === 3) return 'TD1';
  return lines[0]!.length === 36 ? 'TD2' : 'TD3';
};

const at = (lines: readonly string[], [line, start, end]: Place) => lines[line]!.slice(start, end);

/** Whether each check digit of a document is the right one. */
export const digitsHold = (lines: readonly string[]): boolean =>
  DIGITS[formatOf(lines)].every(([own, ...covered], index) => {
    const text = covered.map((place) => at(lines, place)).join('');
    const digit = at(lines, own);
    const rest = index === 0 && digit === '<' ? restOfNumber(lines) : '';
    if (rest !== '') return referenceDigit(text + rest.slice(0, -1)) === rest.slice(-1);
    return digit === referenceDigit(text) || (digit === '<' && text === '<'.repeat(14));
  });

/** Of a number longer than its field: the other characters and the check digit. */
export function restOfNumber(lines: readonly string[]): string {
  const [digit, optionalData] = {
    TD1: [lines[0]![14], lines[0]!.slice(15)],
    TD2: [lines[1]![9], lines[1]!.slice(28, 35)],
    TD3: [],
  }[formatOf(lines)];
  return digit === '<' ? (optionalData?.split('<')[0] ?? '') : '';
}

/** The same document with all check digits right, the composite last. */
export function sealed(lines: readonly string[]): readonly string[] {
  const result = [...lines];
  for (const [own, ...covered] of DIGITS[formatOf(lines)]) {
    write(result, own, referenceDigit(covered.map((place) => at(result, place)).join('')));
  }
  return result;
}

/** @param text put over the line from this position on, counted from 0 */
export function altered(
  lines: readonly string[],
  ...changes: readonly (readonly [number, number, string])[]
): readonly string[] {
  const result = [...lines];
  for (const [line, start, text] of changes) write(result, [line, start, start + text.length], text);
  return result;
}

function write(lines: string[], [line, start, end]: Place, text: string): void {
  lines[line] = lines[line]!.slice(0, start) + text + lines[line]!.slice(end);
}

export const read = (lines: readonly string[]) => readMrz(lines.join('\n'));

export interface Refusal {
  readonly code: IdentityErrorCode;
  readonly field: IdentityField;
  readonly place: object;
}

export function refusalOf(action: () => unknown): Refusal | undefined {
  try {
    action();
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return { code: error.code, field: error.field, place: error.place };
  }
  return undefined;
}
