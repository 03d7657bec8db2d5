/**
 * Check digits, Doc 9303 part 3 section 4.9: weights 7, 3, 1, modulus 10. The package knows which characters each digit covers; the verdict is ours,
 * because the package takes the digit of a long document number by either of two rules, and in one case where there is none.
 */
import { documentNumberOf } from './document-number.js';
import { check } from './identity-error.js';
import type { Zone } from './zone.js';

const WEIGHTS = [7, 3, 1] as const;

/** @param text only A to Z, 0 to 9 and the filler, which counts 0 */
export function checkDigitOf(text: string): string {
  const sum = Array.from(text).reduce((total, character, index) => {
    const value = character === '<' ? 0 : Number.parseInt(character, 36);
    return total + value * (WEIGHTS[index % WEIGHTS.length] ?? 0);
  }, 0);
  return String(sum % 10);
}

const SIMPLE = [
  ['birthDateCheckDigit', 'birthDate'],
  ['expirationDateCheckDigit', 'expiryDate'],
  ['personalNumberCheckDigit', 'personalNumber'],
  ['compositeCheckDigit', 'composite'],
] as const;

/** @throws {IdentityError} MRZ_CHECK_DIGIT with field and line of the first that is wrong */
export function verifyCheckDigits(zone: Zone): void {
  const { number, digit, line } = documentNumberOf(zone);
  check(checkDigitOf(number) === digit, 'MRZ_CHECK_DIGIT', 'documentNumber', { line });
  for (const [name, field] of SIMPLE) {
    const [own, ...covered] = zone.spansOf(name) ?? [];
    if (!own) continue;
    const text = covered.map((span) => span.text).join('');
    // Part 4: the digit of an unused personal number is 0 or the filler.
    const unused = field === 'personalNumber' && own.text === '<' && /^<+$/.test(text);
    check(unused || checkDigitOf(text) === own.text, 'MRZ_CHECK_DIGIT', field, { line: own.line });
  }
}
