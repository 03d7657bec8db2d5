/**
 * A machine-readable zone cut into its fields. The package `mrz` knows where they are, the letters that each may hold and the codes of states; it
 * also takes driving licences and France's old card, which have no nationality or no composite check digit, and reports what it finds instead of
 * refusing. Its texts quote the document and never leave this file.
 */
import { parse, type Details, type FieldName } from 'mrz';
import { check, IdentityError, type IdentityField } from './identity-error.js';

export type MrzFormat = 'TD1' | 'TD2' | 'TD3';

/** Utopia, the state of Doc 9303's specimens: the package does not know it. */
export const SPECIMEN_STATE = 'UTO';

export interface Span {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface Zone {
  readonly format: MrzFormat;
  /** The field's own characters first, then those that its check digit covers. Undefined if the format does not have the field. */
  readonly spansOf: (field: FieldName) => readonly [Span, ...Span[]] | undefined;
}

/** @param lines three of 30 characters, or two of 36 or 44. @throws {IdentityError} MRZ_UNKNOWN_FORMAT, MRZ_FIELD */
export function zoneOf(lines: readonly string[]): Zone {
  const { format, details } = parse(lines);
  check(format === 'TD1' || format === 'TD2' || format === 'TD3', 'MRZ_UNKNOWN_FORMAT', 'mrz');
  for (const detail of details) checkField(detail, lines);
  const spans = new Map(details.map((detail) => [detail.field, spansIn(detail, lines)]));
  return { format, spansOf: (field) => spans.get(field) };
}

/** The text of a field that the format has, such as the name. */
export function textOf(zone: Zone, field: FieldName): string {
  return spanOf(zone, field).text;
}

export function spanOf(zone: Zone, field: FieldName): Span {
  const spans = zone.spansOf(field);
  if (!spans) throw new TypeError(`${zone.format} has no ${field}`);
  return spans[0];
}

function spansIn({ line, ranges }: Details, lines: readonly string[]): readonly [Span, ...Span[]] {
  const [own, ...covered] = ranges.map((range) => ({
    text: lines[range.line]?.slice(range.start, range.end) ?? '',
    line: range.line + 1,
  }));
  return [own ?? { text: '', line: line + 1 }, ...covered];
}

/** Our names of the fields that the package may judge. Check digits and the document number are not among them: see check-digits.ts. */
const JUDGED: Readonly<Partial<Record<FieldName, IdentityField>>> = {
  documentCode: 'documentCode',
  issuingState: 'issuer',
  nationality: 'nationality',
  birthDate: 'birthDate',
  sex: 'sex',
  expirationDate: 'expiryDate',
  lastName: 'name',
  firstName: 'name',
  optional: 'optionalData',
  optional1: 'optionalData',
  optional2: 'optionalData',
  personalNumber: 'optionalData',
};

function checkField(detail: Details, lines: readonly string[]): void {
  const field = detail.field && JUDGED[detail.field];
  const [{ text, line }] = spansIn(detail, lines);
  if (field === 'documentCode') check(/^[A-Z][A-Z<]$/.test(text), 'MRZ_FIELD', field, { line });
  if (!field || detail.valid) return;
  const ofSpecimen = (field === 'issuer' || field === 'nationality') && text === SPECIMEN_STATE;
  if (!ofSpecimen) throw new IdentityError('MRZ_FIELD', field, { line });
}
