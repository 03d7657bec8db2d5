/** A ledger that does what a test tells it, transaction by transaction; without a script it accepts and commits everything. */
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import type { Report } from '../../../../gateway/fabric/clock.js';
import { Endorsers } from '../../../../gateway/fabric/endorsers.js';
import { Lanes, type LanesOptions } from '../../../../gateway/fabric/lanes.js';
import {
  LedgerFailure,
  type Commit,
  type EndorsedBatch,
  type Ledger,
  type StaleRead,
} from '../../../../gateway/fabric/ledger.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { NOW } from '../../../support/statements.js';

export interface RawCommand {
  readonly kind: string;
  readonly id?: string;
}

export interface Sent {
  readonly tx: string;
  readonly commands: readonly RawCommand[];
  readonly endorsers: readonly string[];
  submissions: number;
}

/** Each may throw. */
export interface Script {
  endorse?(sent: Sent): void;
  outcome?(command: RawCommand, sent: Sent): Outcome;
  submit?(sent: Sent): void;
  /** The validation code, VALID unless given. */
  commit?(sent: Sent): string;
  /** Nothing unless given. */
  stale?(sent: Sent): readonly StaleRead[];
  lookUp?(sent: Sent): Commit | undefined;
  /** Whether these organizations' peers have the same blocks; they do unless given. */
  caughtUp?(organizations: readonly string[]): boolean;
  /** Whether nobody wrote there meanwhile; nobody did unless given. */
  stoodStill?(keys: readonly string[]): boolean;
}

export const COMMIT_MS = 300;

export class ScriptedLedger implements Ledger {
  readonly mspId = 'ResellerMSP';
  /** Every proposal. */
  readonly sent: Sent[] = [];
  inFlight = 0;
  maxInFlight = 0;
  readonly #clock: VirtualClock;
  readonly #script: Script;

  constructor(clock: VirtualClock, script: Script = {}) {
    this.#clock = clock;
    this.#script = script;
  }

  async endorse(batch: string, endorsers: readonly string[]): Promise<EndorsedBatch> {
    const { commands } = JSON.parse(batch) as { commands: RawCommand[] };
    const sent: Sent = { tx: `tx-${this.sent.length + 1}`, commands, endorsers, submissions: 0 };
    this.sent.push(sent);
    await Promise.resolve();
    this.#script.endorse?.(sent);
    const accepted: Outcome = { accepted: true, receipt: { tx: sent.tx } };
    return {
      tx: sent.tx,
      outcomes: commands.map((command) => this.#script.outcome?.(command, sent) ?? accepted),
      submit: () => this.#submit(sent),
      committed: () => this.#committed(sent),
      stale: () => Promise.resolve(this.#script.stale?.(sent) ?? []),
    };
  }

  async lookUp(tx: string): Promise<Commit | undefined> {
    await Promise.resolve();
    return this.#script.lookUp?.(this.sent.find((sent) => sent.tx === tx)!);
  }

  async caughtUp(organizations: readonly string[]): Promise<number | undefined> {
    await Promise.resolve();
    return (this.#script.caughtUp?.(organizations) ?? true) ? 1 : undefined;
  }

  async stoodStill(keys: readonly string[]): Promise<boolean> {
    await Promise.resolve();
    return this.#script.stoodStill?.(keys) ?? true;
  }

  async #submit(sent: Sent): Promise<void> {
    await Promise.resolve();
    sent.submissions++;
    this.#script.submit?.(sent);
  }

  async #committed(sent: Sent): Promise<Commit> {
    this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
    await new Promise<void>((resolve) => void this.#clock.after(COMMIT_MS, resolve));
    this.inFlight--;
    return { code: this.#script.commit?.(sent) ?? 'VALID', block: 7 };
  }
}

export interface Bench {
  readonly clock: VirtualClock;
  readonly ledger: ScriptedLedger;
  readonly lanes: Lanes;
  readonly alarms: string[];
  readonly warnings: { readonly message: string; readonly details: Readonly<Record<string, unknown>> }[];
}

export function aBench(script: Script = {}, options: Partial<LanesOptions> = {}): Bench {
  const clock = new VirtualClock(Date.parse(NOW));
  const ledger = new ScriptedLedger(clock, script);
  const organizations = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
  const endorsers = new Endorsers({ own: ledger.mspId, organizations, needed: 2, clock });
  const alarms: string[] = [];
  const warnings: Bench['warnings'] = [];
  const report: Report = (level, message, details) => {
    if (level === 'alarm') alarms.push(message);
    if (level === 'warning') warnings.push({ message, details });
  };
  const lanes = new Lanes({ ledger, endorsers, clock, random: () => 0.5, report, ...options });
  return { clock, ledger, lanes, alarms, warnings };
}

/** Runs virtual time until all of them have ended. @returns each one's value or error */
export async function settled<T>(
  clock: VirtualClock,
  promises: readonly Promise<T>[],
): Promise<readonly (T | Error)[]> {
  let results: readonly (T | Error)[] | undefined;
  const all = promises.map((promise) => promise.catch((error: unknown) => error as Error));
  void Promise.all(all).then((ended) => (results = ended));
  await clock.until(() => results !== undefined, 600_000);
  return results!;
}

export const unavailable = (stage: 'endorse' | 'submit' | 'look-up', ...organizations: string[]) =>
  new LedgerFailure(stage, 'unavailable', 'as the test wants it', { organizations });
export const mismatch = () => new LedgerFailure('endorse', 'mismatch', 'as the test wants it');

/** Each of them says that the batch as a whole is refused. */
export const claimed = (...organizations: string[]) =>
  new LedgerFailure('endorse', 'claimed', 'as the test wants it', {
    organizations,
    claims: organizations.map((by) => ({ by, refusal: new Refusal('TOO_LARGE', { field: 'batch' }) })),
  });
