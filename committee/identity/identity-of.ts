/** From a document to a person, by the consortium's policy. */
import { birthDateOf, isExpired } from './dates.js';
import { check } from './identity-error.js';
import { Identity } from './identity.js';
import { personalNumberOf } from './personal-numbers.js';
import type { AcceptedDocuments, IdentityPolicy, PersonalNumberPolicy } from './policy.js';
import type { TravelDocument } from './travel-document.js';
import { SPECIMEN_STATE } from './zone.js';

/**
 * @param now for what is expired; the identity itself does not depend on it
 * @throws {IdentityError} SPECIMEN_NOT_ACCEPTED, DOCUMENT_EXPIRED, DOCUMENT_NOT_ACCEPTED, PERSONAL_NUMBER_NOT_DOCUMENTED, PERSONAL_NUMBER_INVALID,
 * NAME_TRUNCATED, BIRTH_DATE_INCOMPLETE
 */
export function identityOf(document: TravelDocument, policy: IdentityPolicy, now = new Date()): Identity {
  const { issuer, nationality, expiryDate } = document;
  const ofSpecimen = issuer === SPECIMEN_STATE || nationality === SPECIMEN_STATE;
  check(!ofSpecimen || policy.acceptSpecimens === true, 'SPECIMEN_NOT_ACCEPTED', 'issuer');
  check(policy.acceptExpired === true || !isExpired(expiryDate, now), 'DOCUMENT_EXPIRED', 'expiryDate');
  switch (policy.scheme) {
    case 'personal-number':
      return byPersonalNumber(document, policy);
    case 'document':
      return byDocument(document, policy.accepted);
    case 'name-birth-nationality':
      return byName(document, now);
  }
}

/** An issuer in the table never falls back to its documents: a person could choose between two identities then. */
function byPersonalNumber(document: TravelDocument, { otherwise }: PersonalNumberPolicy): Identity {
  const { issuer } = document;
  const found = personalNumberOf(document);
  if (found) {
    const { scheme, number } = found;
    const display = `${issuer} ${scheme} ${masked(number)}`;
    return new Identity({ issuer, scheme: `personal-number/${scheme}`, number, display });
  }
  check(otherwise !== undefined, 'PERSONAL_NUMBER_NOT_DOCUMENTED', 'issuer');
  return byDocument(document, otherwise);
}

function byDocument({ issuer, documentCode, documentNumber }: TravelDocument, accepted: AcceptedDocuments): Identity {
  const codes = accepted[issuer] ?? accepted['*'] ?? [];
  check(codes.includes(documentCode), 'DOCUMENT_NOT_ACCEPTED', 'policy.accepted');
  const display = `${issuer} ${documentCode} ${masked(documentNumber)}`;
  return new Identity({ issuer, scheme: `document/${documentCode}`, number: documentNumber, display });
}

/** The birth date goes in with two digits of its year, as printed: with four, a person's identity would change on the hundredth birthday. */
function byName({ nationality, birthDate, name }: TravelDocument, now: Date): Identity {
  check(!name.truncated, 'NAME_TRUNCATED', 'name');
  const year = birthDateOf(birthDate, now).slice(0, 4);
  const display = `${nationality} ${name.primary.slice(0, 1)}•••••• ${year}`;
  const number = `${birthDate}${name.primary}<<${name.secondary}`;
  return new Identity({ issuer: nationality, scheme: 'name-birth-nationality', number, display });
}

/** Always as long, so that it does not tell how long the number is; of a short one nothing is left to see. */
const masked = (number: string): string => `••••••${number.length < 6 ? '' : number.slice(-2)}`;
