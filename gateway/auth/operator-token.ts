/** The organization's operator has one token, written by the network; whoever shows it acts for the organization, and makes the first API keys with it. */
import { digestOfSecret, holdsSecret } from './digest.js';
import type { Identity } from './identity.js';
import { ALL_SCOPES } from './scopes.js';

const OPERATOR: Identity = { caller: { kind: 'operator', id: 'operator' }, scopes: ALL_SCOPES };

export class OperatorToken {
  readonly #digest: string;

  constructor(token: string) {
    this.#digest = digestOfSecret(token);
  }

  /** @returns undefined if it is another token */
  verify(token: string): Identity | undefined {
    return holdsSecret(this.#digest, token) ? OPERATOR : undefined;
  }
}
