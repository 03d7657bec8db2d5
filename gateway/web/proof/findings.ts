/** What one step of a verification looked at: each finding is a sentence that holds or does not, and the statements it was found in. */
import type { RegisteredKey } from '../resources.js';
import type { Certificate, StatedKey } from './certificate.js';
import { isSignedBy, read, thumbprintOf, type Statement } from './jws.js';

export interface Finding {
  readonly says: string;
  readonly holds: boolean;
}

/** Ends a step that can't go on. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

export class Findings {
  readonly all: Finding[] = [];
  readonly statements: { readonly title: string; readonly statement: Statement }[] = [];

  get hold(): boolean {
    return this.all.length > 0 && this.all.every(({ holds }) => holds);
  }

  that(says: string, holds: boolean): void {
    this.all.push({ says, holds });
  }

  /** For what nothing else can be said without. @throws {StepFailed} */
  must(says: string, holds: boolean): void {
    this.that(says, holds);
    if (!holds) throw new StepFailed(says);
  }

  /**
   * Reads a statement of this type about the certificate's event.
   * @param named the member that names the event @throws {StepFailed} if it can't be read
   */
  statement(title: string, compact: string, typ: string, certificate: Certificate, named = 'event'): Statement {
    const { channel, event } = certificate;
    const statement = read(compact);
    this.that(`${title} is a JWS of two JSON objects with a signature`, statement !== undefined);
    if (!statement) throw new StepFailed(title);
    this.statements.push({ title, statement });
    this.that(`its type is ${typ}`, statement.header.typ === typ);
    const { payload } = statement;
    this.that(`it is about ${event} on channel ${channel}`, payload[named] === event && payload.channel === channel);
    return statement;
  }

  async signedBy(statement: Statement, jwk: Parameters<typeof thumbprintOf>[0], whose: string): Promise<void> {
    this.that(`its ES256 signature is that of ${whose}`, await isSignedBy(statement, jwk));
  }

  /** A certificate can't vouch for its own keys: the same key must be registered, for this use, and valid when it signed. */
  async registered(key: StatedKey, registry: readonly RegisteredKey[], use: string, at: string): Promise<void> {
    this.that(`the key’s thumbprint is ${key.kid}`, (await thumbprintOf(key.jwk)) === key.kid);
    const known = registry.find(({ kid }) => kid === key.kid);
    this.that(`${key.organization} has registered this key on the ledger as its ${use} key`, known?.use === use);
    const [from, then, until] = [key.notBefore, at, key.notAfter].map((text) => Date.parse(text));
    const valid = from !== undefined && then !== undefined && until !== undefined && from <= then && then < until;
    this.that(`it was valid when it signed (${key.notBefore} to ${key.notAfter})`, valid);
    const same = known?.notBefore === key.notBefore && known.notAfter === key.notAfter;
    this.that('the registry gives the same validity', same);
  }
}
