/**
 * Whether the gateway can sell: what it needs for that is asked once for all who ask, and not again for a moment, because anybody may ask as often as he
 * likes. Each part has a bound: who watches wants to hear which one does not answer, not to wait with it.
 */
import { GatewayError, type GatewayCode } from './errors.js';
import type { Clock } from './fabric/clock.js';
import type { Blocks } from './http/ports.js';
import type { SigningKeys } from './signer/signing-keys.js';

export interface ReadinessOptions {
  readonly blocks: Pick<Blocks, 'info'>;
  readonly signer: Pick<SigningKeys, 'listKeys'>;
  /** Rejects where the store can't be reached. */
  readonly storeAnswers: () => Promise<unknown>;
  readonly clock: Clock;
}

/** What was found out holds so long. */
const KEPT_MS = 500;
const BOUND_MS = 2_000;

export class Readiness {
  readonly #clock: Clock;
  readonly #parts: { readonly ledger: Part<{ height: number }>; readonly others: readonly Part<unknown>[] };
  #outcome: Promise<number> | undefined;
  /** undefined: it is not over */
  #overAtMs: number | undefined;

  constructor({ blocks, signer, storeAnswers, clock }: ReadinessOptions) {
    this.#clock = clock;
    this.#parts = {
      ledger: new Part('LEDGER_UNAVAILABLE', () => blocks.info(), clock),
      others: [
        new Part('SIGNER_UNAVAILABLE', () => signer.listKeys(), clock),
        new Part('STORE_UNAVAILABLE', storeAnswers, clock),
      ],
    };
  }

  /** @returns the ledger's height @throws {GatewayError} LEDGER_UNAVAILABLE, SIGNER_UNAVAILABLE, STORE_UNAVAILABLE */
  height(): Promise<number> {
    if (this.#outcome && this.#isFresh()) return this.#outcome;
    const outcome = this.#ask();
    const over = () => void (this.#overAtMs = this.#clock.now());
    [this.#outcome, this.#overAtMs] = [outcome, undefined];
    outcome.then(over, over);
    return outcome;
  }

  async #ask(): Promise<number> {
    const { ledger, others } = this.#parts;
    const [{ height }] = await Promise.all([ledger.answer(), ...others.map((each) => each.answer())]);
    return height;
  }

  #isFresh(): boolean {
    if (this.#overAtMs === undefined) return true;
    const ageMs = this.#clock.now() - this.#overAtMs;
    // A clock may be set back.
    return ageMs >= 0 && ageMs < KEPT_MS;
  }
}

/** One that has not answered yet is not asked again. */
class Part<T> {
  #asked: Promise<T> | undefined;

  constructor(
    readonly code: GatewayCode,
    readonly ask: () => Promise<T>,
    readonly clock: Clock,
  ) {}

  async answer(): Promise<T> {
    const { code, clock } = this;
    const asked = (this.#asked ??= this.#ask());
    let stop: () => void = () => undefined;
    const late = new Promise<never>((_, reject) => {
      stop = clock.after(BOUND_MS, () => reject(new GatewayError(code, { reason: 'does not answer in time' })));
    });
    try {
      return await Promise.race([asked, late]);
    } catch (cause) {
      throw cause instanceof GatewayError ? cause : new GatewayError(code, {}, { cause });
    } finally {
      stop();
    }
  }

  async #ask(): Promise<T> {
    try {
      return await this.ask();
    } finally {
      this.#asked = undefined;
    }
  }
}
