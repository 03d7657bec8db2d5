/** Founding the consortium, once: proposed and founded by transactions that every endorsing organization endorses; again does nothing. */
import { setTimeout } from 'node:timers/promises';
import { Refusal } from '../chaincode/domain/refusal.js';
import type { Founder } from '../chaincode/domain/records.js';

export interface FoundingLedger {
  /** One transaction endorsed by every endorsing organization. @throws {Refusal} */
  transact(
    transaction: string,
    argument: string,
  ): Promise<{ readonly tx: string; readonly block: number; readonly code: string }>;
}

export type FoundingStep = { readonly step: 'propose' | 'found'; readonly tx?: string; readonly block?: number };

const ATTEMPTS = 60;
const PAUSE_MS = 250;

/** @returns what was done; a step without a transaction had been done before. @throws {Refusal} */
export async function foundConsortium(
  ledger: FoundingLedger,
  organizations: readonly Founder[],
): Promise<readonly FoundingStep[]> {
  const argument = JSON.stringify({
    organizations: organizations.map(({ mspId, name, roles }) => ({ mspId, name, roles })),
  });
  return [await take(ledger, 'propose', argument), await foundOnceRead(ledger, argument)];
}

/** The proposal is on the ledger: a peer that knows of none has not read its block yet, so it is asked again. */
async function foundOnceRead(ledger: FoundingLedger, argument: string): Promise<FoundingStep> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take(ledger, 'found', argument);
    } catch (error) {
      const early = error instanceof Refusal && error.code === 'NOT_FOUNDED';
      if (!early || attempt === ATTEMPTS) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}

async function take(ledger: FoundingLedger, step: FoundingStep['step'], argument: string): Promise<FoundingStep> {
  try {
    const { tx, block, code } = await ledger.transact(`Consortium:${step}`, argument);
    if (code !== 'VALID') throw new Error(`Consortium:${step} committed as ${code} in block ${block}`);
    return { step, tx, block };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'ALREADY_FOUNDED') return { step };
    throw error;
  }
}
