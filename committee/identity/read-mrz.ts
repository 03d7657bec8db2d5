/** Reads a machine-readable zone of an identity card (TD1, TD2) or passport (TD3): ICAO Doc 9303 parts 3 to 6. */
import { verifyCheckDigits } from './check-digits.js';
import { checkBirthDate, checkExpiryDate } from './dates.js';
import { documentNumberOf } from './document-number.js';
import { IdentityError } from './identity-error.js';
import { readingsOf } from './mrz-lines.js';
import { holderNameOf } from './names.js';
import { TravelDocument, type Sex } from './travel-document.js';
import { spanOf, textOf, zoneOf, type Zone } from './zone.js';

/**
 * Whether the document is expired, or accepted at all, is a matter of policy: see `identityOf`.
 * @param text as a scanner or a clerk gives it
 * @throws {IdentityError} MRZ_CHARACTER, MRZ_UNKNOWN_FORMAT, MRZ_FIELD, MRZ_CHECK_DIGIT
 */
export function readMrz(text: string): TravelDocument {
  const results = readingsOf(text).map(attempt);
  const documents = results.filter((result) => result instanceof TravelDocument);
  const [document] = documents;
  if (document && documents.length === 1) return document;
  throw results.find((result) => result instanceof IdentityError) ?? new IdentityError('MRZ_UNKNOWN_FORMAT', 'mrz');
}

/** Of two readings the one whose check digits hold is the document. */
function attempt(lines: readonly string[]): TravelDocument | IdentityError {
  try {
    return documentOf(lines);
  } catch (error) {
    if (error instanceof IdentityError) return error;
    throw error;
  }
}

function documentOf(lines: readonly string[]): TravelDocument {
  const zone = zoneOf(lines);
  verifyCheckDigits(zone);
  checkBirthDate(spanOf(zone, 'birthDate'));
  checkExpiryDate(spanOf(zone, 'expirationDate'));
  return new TravelDocument({
    format: zone.format,
    documentCode: trimmed(textOf(zone, 'documentCode')),
    issuer: trimmed(textOf(zone, 'issuingState')),
    documentNumber: documentNumberOf(zone).number,
    nationality: trimmed(textOf(zone, 'nationality')),
    birthDate: textOf(zone, 'birthDate'),
    // The zone has let through no other letter.
    sex: textOf(zone, 'sex') as Sex,
    expiryDate: textOf(zone, 'expirationDate'),
    name: holderNameOf(spanOf(zone, 'lastName')),
    optionalData: optionalDataOf(zone),
  });
}

function optionalDataOf(zone: Zone): readonly string[] {
  if (zone.format === 'TD3') return [trimmed(textOf(zone, 'personalNumber'))];
  const beside = trimmed(documentNumberOf(zone).optionalData);
  return zone.format === 'TD1' ? [beside, trimmed(textOf(zone, 'optional2'))] : [beside];
}

const trimmed = (text: string): string => text.replace(/<+$/, '');
