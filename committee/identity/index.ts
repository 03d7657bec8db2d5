/** Identity input: from a machine-readable zone to the bytes that the committee hashes. For browsers and Node: nothing here imports a `node:` module. */
export { birthDateOf, isExpired } from './dates.js';
export { IDENTITY_ERROR_CODES, IdentityError, type IdentityErrorCode, type IdentityField } from './identity-error.js';
export { identityOf } from './identity-of.js';
export { Identity } from './identity.js';
export type { AcceptedDocuments, DocumentPolicy, IdentityPolicy, NamePolicy, PersonalNumberPolicy } from './policy.js';
export { readMrz } from './read-mrz.js';
export { TravelDocument } from './travel-document.js';
