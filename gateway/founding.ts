/** Founding the consortium, once: proposed and founded by transactions that every endorsing organization endorses; again does nothing. */
import { setTimeout } from 'node:timers/promises';
import { Refusal, refuse, require } from '../chaincode/domain/refusal.js';
import { foundingKey } from '../chaincode/domain/keys.js';
import type { Founder, FoundingRecord } from '../chaincode/domain/records.js';

export interface FoundingLedger {
  /** What this organization's peer has. */
  readonly records: { read(key: typeof foundingKey): Promise<FoundingRecord | undefined> };

  /** One transaction endorsed by every endorsing organization. @throws {Refusal} */
  transact(
    transaction: string,
    argument: string,
  ): Promise<{ readonly tx: string; readonly block: number; readonly code: string }>;
}

/** Members that joined later are no part of the founding. */
export interface Member extends Founder {
  readonly founder?: boolean;
}

export type FoundingStep = { readonly step: 'propose' | 'found'; readonly tx?: string; readonly block?: number };

const ATTEMPTS = 60;
const PAUSE_MS = 250;

/**
 * @returns what was done; a step without a transaction had been done before
 * @throws {Refusal} FOUNDING_MISMATCH if the ledger was founded otherwise, and whatever else the ledger refuses
 */
export async function foundConsortium(
  ledger: FoundingLedger,
  organizations: readonly Member[],
): Promise<readonly FoundingStep[]> {
  const argument = argumentOf(organizations.filter(({ founder = true }) => founder));
  return [await takeOnceRead(ledger, 'propose', argument), await takeOnceRead(ledger, 'found', argument)];
}

const argumentOf = (organizations: readonly Founder[]): string =>
  JSON.stringify({ organizations: organizations.map(({ mspId, name, roles }) => ({ mspId, name, roles })) });

/** What was proposed is on the ledger: a peer that knows of nothing has not read its block yet, so it is asked again. */
async function takeOnceRead(
  ledger: FoundingLedger,
  step: FoundingStep['step'],
  argument: string,
): Promise<FoundingStep> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take(ledger, step, argument);
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
    if (!(error instanceof Refusal && error.code === 'ALREADY_FOUNDED')) throw error;
    await requireSame(ledger, argument);
    return { step };
  }
}

/** Done before means that this very founding was: another one is not ours. */
async function requireSame({ records }: FoundingLedger, argument: string): Promise<void> {
  const founding = await records.read(foundingKey);
  if (!founding) return refuse('NOT_FOUNDED', { field: 'organizations' });
  require(argumentOf(founding.organizations) === argument, 'FOUNDING_MISMATCH', {
    field: 'organizations',
    reason: 'is not what the ledger was founded with',
  });
}
