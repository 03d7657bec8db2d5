/**
 * The name field, Doc 9303 part 3 section 4.6: primary identifier, two fillers, secondary identifier, one filler between words. It is the issuer's own
 * transliteration (section 6) of what is printed above; we take it as it is. To transliterate again would be to guess which of several spellings the
 * issuer chose.
 */
import { check } from './identity-error.js';
import type { Span } from './zone.js';

export interface HolderName {
  readonly primary: string;
  /** Empty if the holder has one name only. */
  readonly secondary: string;
  /** The last position is a letter: the name may go on (parts 4, 5 and 6, truncation). */
  readonly truncated: boolean;
}

const NAME = /^([A-Z]+(?:<[A-Z]+)*)(?:<<([A-Z]+(?:<[A-Z]+)*))?(<*)$/;

/** @throws {IdentityError} MRZ_FIELD */
export function holderNameOf({ text, line }: Span): HolderName {
  const parts = NAME.exec(text);
  check(parts !== null, 'MRZ_FIELD', 'name', { line });
  const [, primary = '', secondary = '', fillers = ''] = parts;
  return { primary, secondary, truncated: fillers === '' };
}
