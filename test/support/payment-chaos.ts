/**
 * Payments where everything that can fail does: the process dies before or after any call of its own, the provider answers late, twice or not at all, the
 * ledger keeps its word to itself or gives it to a process that is gone. What is on disk, in the provider's books and on the ledger stays.
 */
import type { CommandRecord } from '../../chaincode/domain/records.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../../gateway/errors.js';
import type { Committed, Submitter } from '../../gateway/fabric/ledger.js';
import type { Records } from '../../gateway/http/ports.js';
import { ProviderUnavailable, type PaymentProvider } from '../../gateway/payments/provider.js';

export class Died extends Error {}

/** A process: at its n-th call it dies, before the call or after it. */
export class Mortal {
  #calls = 0;
  #isDead = false;

  constructor(private readonly dies: { readonly at: number; readonly after: boolean } | undefined) {}

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The same port, as long as the process lives. */
  port<T extends object>(inner: T): T {
    const get = (target: T, name: string | symbol): unknown => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => this.#call(() => (member as (...all: unknown[]) => unknown).apply(target, given));
    };
    return new Proxy(inner, { get });
  }

  async #call(run: () => unknown): Promise<unknown> {
    if (this.#isDead) throw new Died();
    const isLast = (this.#calls += 1) === this.dies?.at;
    if (isLast && !this.dies.after) this.#die();
    const done = await run();
    if (isLast) this.#die();
    return done;
  }

  #die(): never {
    this.#isDead = true;
    throw new Died();
  }
}

export const PROVIDER_FAULTS = ['none', 'silent before', 'silent after', 'twice', 'late'] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

/** @param next what happens to each call; a late one comes to be at some later call, whatever was done meanwhile */
export function troubled(inner: PaymentProvider, next: () => ProviderFault): PaymentProvider {
  const late: (() => Promise<unknown>)[] = [];
  const call = async <T>(run: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault !== 'late') for (const each of late.splice(0)) await each();
    if (fault === 'late') late.push(run);
    if (fault === 'late' || fault === 'silent before') throw new ProviderUnavailable(inner.name, fault);
    if (fault === 'twice') await run();
    const done = await run();
    if (fault === 'silent after') throw new ProviderUnavailable(inner.name, fault);
    return done;
  };
  return {
    ...{ name: inner.name, isTest: true },
    authorize: (order) => call(() => inner.authorize(order)),
    capture: (order) => call(() => inner.capture(order)),
    void: (order) => call(() => inner.void(order)),
    refund: (order) => call(() => inner.refund(order)),
    find: (reference) => call(() => inner.find(reference)),
  };
}

export const LEDGER_FAULTS = ['none', 'refuses', 'unavailable', 'unknown, and comes', 'unknown, and is lost'] as const;
export type LedgerFault = (typeof LEDGER_FAULTS)[number];

/** As long as an orderer may keep a transaction. */
const IN_FLIGHT_MS = 180_000;

/** Sales by payment reference. What was sent may be accepted long after a later one was refused, unless it was accepted meanwhile. */
export class TroubledLedger implements Pick<Records, 'read'> {
  readonly #sold = new Map<string, CommandRecord>();
  readonly #inFlight = new Map<string, { readonly record: CommandRecord; readonly atMs: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What a process has of it: it gives no final no while what it has sent itself may still come. */
  submitter(next: () => LedgerFault, delayMs: number): Submitter {
    const sent = new Set<string>();
    return { submit: (command) => Promise.resolve().then(() => this.#submit(command, { next, sent, delayMs })) };
  }

  read = ((keys: readonly string[]) => {
    this.#pass();
    return Promise.resolve(keys.map((key) => this.#sold.get(key.slice(key.lastIndexOf('/') + 1))));
  }) as Records['read'];

  has(reference: string): boolean {
    this.#pass();
    return this.#sold.has(reference);
  }

  #submit(
    command: Readonly<Record<string, unknown>>,
    { next, sent, delayMs }: { next: () => LedgerFault; sent: Set<string>; delayMs: number },
  ): Committed {
    this.#pass();
    const { digest, payload } = decodeStatement('purchase', String(command.request), 'request');
    const name = payload.paymentReference;
    const before = this.#sold.get(name);
    if (before) return { receipt: { tx: before.tx, ...before.result }, replayed: true, block: undefined };
    const record = { digest, tx: `tx-${name}`, result: {} } as CommandRecord;
    const fault = next();
    const unknown = new GatewayError('OUTCOME_UNKNOWN', { tx: record.tx });
    if (fault === 'unavailable') throw new GatewayError('LEDGER_UNAVAILABLE');
    if (fault === 'refuses') throw sent.has(name) && this.#inFlight.has(name) ? unknown : new Refusal('SALES_NOT_OPEN');
    if (fault !== 'none') sent.add(name);
    if (fault === 'unknown, and comes')
      this.#inFlight.set(name, { record, atMs: this.#now() + Math.min(delayMs, IN_FLIGHT_MS) });
    if (fault !== 'none') throw unknown;
    this.#sold.set(name, record);
    this.#inFlight.delete(name);
    return { receipt: { tx: record.tx }, replayed: false, block: 1 };
  }

  #pass(): void {
    for (const [name, { record, atMs }] of this.#inFlight) {
      if (atMs > this.#now()) continue;
      this.#inFlight.delete(name);
      if (!this.#sold.has(name)) this.#sold.set(name, record);
    }
  }
}
