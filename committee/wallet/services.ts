/** What the flows of a wallet need: nodes and ledger as ports, whom to believe, time and chance. */
import type { NodeClient } from '../client/node-client.js';
import { trustKey, type PublishedKey, type Trust, type TrustedKey } from '../client/trusted-key.js';
import type { RandomScalar } from '../crypto/secrets.js';
import type { StateStore } from './state-store.js';

/** Whose key it is, as the ledger has it. */
export interface BoundKey {
  /** Thumbprint. */
  readonly key: string;
  readonly sequence: number;
  readonly pending?: { readonly key: string; readonly sequence: number; readonly activatesAt: string } | undefined;
}

interface Registering {
  readonly statements: readonly string[];
  readonly release?: string;
  readonly approvals?: readonly string[];
}

/** Commands of the ledger that a wallet has signed for by somebody: they need no secret to be passed on. */
export type LedgerCommand =
  | ({ readonly kind: 'person.register'; readonly person: string } & Registering)
  | ({ readonly kind: 'credential.enrol'; readonly event: string } & Registering)
  | { readonly kind: 'credential.veto'; readonly statement: string };

/** A gateway; better another than the one that sells the tickets, for it sees where requests come from. */
export interface LedgerClient {
  /** @param owner `dedup` or an event's id */
  key(owner: string): Promise<PublishedKey>;
  /** @param event undefined for a person */
  boundKey(event: string | undefined, subject: string): Promise<BoundKey | undefined>;
  /** Resolves once it is committed. The same content again is the same command. */
  submit(command: LedgerCommand): Promise<void>;
}

export interface WalletServices extends Trust {
  readonly store: StateStore;
  readonly nodes: readonly NodeClient[];
  readonly ledger: LedgerClient;
  readonly random: RandomScalar;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

export async function trustedKey(owner: string, services: WalletServices): Promise<TrustedKey> {
  return trustKey(owner, await services.ledger.key(owner), services);
}
