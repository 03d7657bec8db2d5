/** What a consortium takes for a person's identity. README.md weighs the three against each other; changing it means enrolling everybody again. */

/**
 * Per issuer the codes of the one document type that is accepted, such as `['P', 'PP']` for its ordinary passport; `*` for issuers not named. More than
 * one type of an issuer would be more than one identity for a person.
 */
export type AcceptedDocuments = Readonly<Partial<Record<string, readonly string[]>>>;

interface Common {
  /** Also takes documents whose day has passed. */
  readonly acceptExpired?: boolean;
  /** Also takes documents of Utopia: for tests and demonstrations only, anybody can print them. */
  readonly acceptSpecimens?: boolean;
}

export interface PersonalNumberPolicy extends Common {
  readonly scheme: 'personal-number';
  /** For issuers that are not in the table of personal numbers. Without it they are refused. */
  readonly otherwise?: AcceptedDocuments;
}

export interface DocumentPolicy extends Common {
  readonly scheme: 'document';
  readonly accepted: AcceptedDocuments;
}

export interface NamePolicy extends Common {
  readonly scheme: 'name-birth-nationality';
}

export type IdentityPolicy = PersonalNumberPolicy | DocumentPolicy | NamePolicy;
