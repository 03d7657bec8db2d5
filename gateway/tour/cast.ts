/** Who plays: the organizations with their gateways and signers, three of them with a part. */
import { setTimeout } from 'node:timers/promises';
import type { NodeClient } from '../../committee/client/index.js';
import type { GuichetClient } from '../client/guichet-client.js';
import type { SigningKeys } from '../signer/signing-keys.js';
import type { Fan } from './fan.js';
import type { Narrator } from './narrator.js';

export interface Party {
  readonly mspId: string;
  readonly client: GuichetClient;
  readonly signer: SigningKeys;
}

export interface Cast {
  readonly organizer: Party;
  readonly reseller: Party;
  readonly venue: Party;
  /** Whoever else has a gateway: they have a vote. */
  readonly others: readonly Party[];
  /** The committee's nodes, as fans and gates reach them. */
  readonly nodes: readonly NodeClient[];
}

export interface Stage extends Cast {
  readonly channel: string;
  readonly event: string;
  readonly narrator: Narrator;
  readonly fans: Readonly<Record<'ada' | 'ben' | 'cleo', Fan>>;
}

const ATTEMPTS = 200;
const PAUSE_MS = 50;

/** Each organization has a peer of its own; before the story goes on elsewhere, that peer must have read the block. */
export function settleOn({ organizer, reseller, venue, others }: Cast) {
  return async (block: number): Promise<void> => {
    await Promise.all([organizer, reseller, venue, ...others].map((party) => awaitBlock(party, block)));
  };
}

async function awaitBlock({ client, mspId }: Party, block: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if ((await client.ready()).height > block) return;
    await setTimeout(PAUSE_MS);
  }
  throw new Error(`the peer of ${mspId} has not read block ${block} after ${(ATTEMPTS * PAUSE_MS) / 1000} s`);
}
