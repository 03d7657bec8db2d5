/**
 * Outcomes and retries, as data: what the gateway does about each thing that can happen to a transaction, how often, and what it says when that did
 * not help. A new proposal is safe after any of them: the ledger remembers every command, so a second transaction with the same command either is
 * answered with the first receipt or conflicts with it. But it may be refused while the first is still on its way (see doubts.ts), so where the
 * first transaction's fate is unknown a new one comes last.
 */
import type { GatewayCode } from '../errors.js';
import type { Random } from './clock.js';
import type { FailureReason, Stage } from './ledger.js';

export interface Step {
  readonly do: 'new-proposal' | 'resend' | 'look-up';
  /** For one batch, however often this row is met. */
  readonly atMost: number;
}

export interface Treatment {
  /** In this order, each until it is used up. */
  readonly steps: readonly Step[];
  /** A batch of several commands: after so many steps each half goes on its own, so that in the end only the culprit fails. */
  readonly splitAfter?: number;
  /** Waits at least this long before a step: where peers are at different heights, time is what helps. */
  readonly atLeastMs?: number;
  /** When all steps are used up: what each caller is told (undefined: the outcomes), and whether a human must look. */
  readonly end: { readonly do: 'answer' | 'alarm'; readonly as?: GatewayCode };
}

const again = (atMost: number): readonly Step[] => [{ do: 'new-proposal', atMost }];
const unavailable = { do: 'answer', as: 'LEDGER_UNAVAILABLE' } as const;
const disagrees = { do: 'alarm', as: 'LEDGER_DISAGREES' } as const;

/** Nothing was ordered. `refused`: the peer turned the proposal down before any chaincode saw it. */
const ENDORSE: Readonly<Record<FailureReason, Treatment>> = {
  refused: { steps: [], end: { do: 'alarm', as: 'LEDGER_UNAVAILABLE' } },
  unavailable: { steps: again(4), end: unavailable },
  deadline: { steps: again(2), end: unavailable },
  // Endorsers at different heights differ until the slower one has caught up.
  mismatch: { steps: again(12), atLeastMs: 150, end: unavailable },
  // That they all differ on the same records is non-determinism, or more lie than are left.
  divided: { steps: [], splitAfter: 0, end: disagrees },
  // One organization's word, which may keep others from nothing: others are asked.
  claimed: { steps: again(2), splitAfter: 2, end: { do: 'alarm', as: 'LEDGER_UNAVAILABLE' } },
  // Such as a defect of the chaincode that one command brings to light.
  unknown: { steps: again(1), splitAfter: 1, end: { do: 'alarm', as: 'INTERNAL' } },
};

/** The outcome is unknown, whatever the orderers said: BFT's "request already processed" is a false failure. */
const UNKNOWN_OUTCOME: Treatment = {
  steps: [{ do: 'look-up', atMost: 8 }],
  end: { do: 'alarm', as: 'OUTCOME_UNKNOWN' },
};

const CONFLICT: Treatment = { steps: again(5), splitAfter: 2, end: { do: 'answer', as: 'LEDGER_CONFLICT' } };

/** Fabric's TxValidationCode by name. What is not listed is no code that a correct gateway can cause. */
const VALIDATION: Readonly<Record<string, Treatment>> = {
  VALID: { steps: [], end: { do: 'answer' } },
  MVCC_READ_CONFLICT: CONFLICT,
  PHANTOM_READ_CONFLICT: CONFLICT,
  ENDORSEMENT_POLICY_FAILURE: { steps: again(1), splitAfter: 1, end: disagrees },
  // An earlier copy decides: a look-up finds that one.
  DUPLICATE_TXID: { steps: [{ do: 'look-up', atMost: 3 }], end: { do: 'alarm', as: 'OUTCOME_UNKNOWN' } },
  // The chaincode was upgraded between endorsement and commit.
  EXPIRED_CHAINCODE: { steps: again(2), end: unavailable },
};
const OTHER_CODE: Treatment = { steps: [], end: disagrees };

const LOOK_UP: Readonly<Record<'absent' | 'failed', Treatment>> = {
  absent: {
    steps: [
      { do: 'resend', atMost: 2 },
      { do: 'new-proposal', atMost: 2 },
    ],
    end: { do: 'alarm', as: 'OUTCOME_UNKNOWN' },
  },
  failed: { steps: [{ do: 'look-up', atMost: 4 }], end: { do: 'alarm', as: 'OUTCOME_UNKNOWN' } },
};

/** Refused now, while a transaction that was sent before may still be accepted: give that one time. The outcomes say who is still in doubt. */
const IN_DOUBT: Treatment = { steps: again(2), atLeastMs: 500, end: { do: 'answer' } };

/** What happened: a failure at a stage, a look-up that found nothing, a refusal in doubt, or a commit with its validation code. */
export type Symptom =
  | { readonly stage: Stage; readonly reason: FailureReason }
  | { readonly stage: 'look-up'; readonly reason: 'absent' }
  | { readonly stage: 'refusal' }
  | { readonly stage: 'validation'; readonly code: string };

export function treatmentOf(symptom: Symptom): Treatment {
  if (symptom.stage === 'validation')
    return Object.hasOwn(VALIDATION, symptom.code) ? (VALIDATION[symptom.code] ?? OTHER_CODE) : OTHER_CODE;
  if (symptom.stage === 'refusal') return IN_DOUBT;
  if (symptom.stage === 'submit' || symptom.stage === 'commit') return UNKNOWN_OUTCOME;
  if (symptom.stage === 'look-up') return symptom.reason === 'absent' ? LOOK_UP.absent : LOOK_UP.failed;
  return ENDORSE[symptom.reason];
}

/** Something that the transaction read had been written before its turn came. */
export function isConflict(seen: Symptom | string): boolean {
  return typeof seen === 'object' && seen.stage === 'validation' && treatmentOf(seen) === CONFLICT;
}

export type Decision =
  | { readonly do: Step['do']; readonly delayMs: number }
  | { readonly do: 'split' }
  | { readonly do: 'answer' | 'alarm'; readonly as?: GatewayCode };

const BASE_MS = 50;
const CAP_MS = 2_000;

/** What one batch has been through: counts the steps of each treatment, so every course of retries ends. */
export class Course {
  readonly #commands: number;
  readonly #random: Random;
  readonly #used = new Map<Treatment, number>();

  constructor({ commands, random }: { readonly commands: number; readonly random: Random }) {
    this.#commands = commands;
    this.#random = random;
  }

  next(symptom: Symptom): Decision {
    const treatment = treatmentOf(symptom);
    const used = this.#used.get(treatment) ?? 0;
    const { splitAfter = Infinity, steps, end } = treatment;
    if (this.#commands > 1 && used >= splitAfter) return { do: 'split' };
    let before = 0;
    for (const step of steps) {
      before += step.atMost;
      if (used < before) {
        this.#used.set(treatment, used + 1);
        return { do: step.do, delayMs: this.#delayMs(treatment, used) };
      }
    }
    return end;
  }

  /** Full jitter: gateways that collided must not meet again. */
  #delayMs({ atLeastMs = 0 }: Treatment, used: number): number {
    return atLeastMs + this.#random() * Math.min(CAP_MS, BASE_MS * 2 ** used);
  }
}
