/**
 * Document numbers of more than nine characters (Doc 9303 part 5, structure of the zone, note j, and the same in part 6): a filler where the check digit
 * is expected, and in the optional data the rest of the number, the check digit and a filler. The digit covers the number as a whole, without the
 * filler in its middle; Belgian cards do it so.
 */
import { check } from './identity-error.js';
import { spanOf, type Zone } from './zone.js';

export interface DocumentNumber {
  readonly number: string;
  readonly digit: string;
  readonly line: number;
  /** What is left of the optional data beside it. */
  readonly optionalData: string;
}

const REST = /^([A-Z0-9]+)([0-9])<(.*)$/;

/** @throws {IdentityError} MRZ_FIELD */
export function documentNumberOf(zone: Zone): DocumentNumber {
  const { text, line } = spanOf(zone, 'documentNumber');
  const digit = spanOf(zone, 'documentNumberCheckDigit').text;
  const optionalData = optionalDataBeside(zone);
  const rest = digit === '<' && !text.includes('<') ? REST.exec(optionalData) : null;
  if (rest) {
    const [, characters = '', restDigit = '', others = ''] = rest;
    return { number: text + characters, digit: restDigit, line, optionalData: others };
  }
  // A filler inside stands for a hyphen or a blank and stays: without it two numbers could become one.
  const number = text.replace(/<+$/, '');
  check(number !== '' && !number.startsWith('<'), 'MRZ_FIELD', 'documentNumber', { line });
  return { number, digit, line, optionalData };
}

function optionalDataBeside(zone: Zone): string {
  if (zone.format === 'TD3') return '';
  return spanOf(zone, zone.format === 'TD1' ? 'optional1' : 'optional').text;
}
