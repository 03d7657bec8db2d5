/** What an operator does with webhooks. A secret is shown when it is made and never again. */
import { require } from '../../../chaincode/domain/refusal.js';
import { digestOfSecret } from '../../auth/digest.js';
import { newCommandId } from '../../http/command-id.js';
import { GatewayError } from '../../errors.js';
import type { EventLog } from '../event-log.js';
import { before, MAX_AHEAD, textOf } from '../position.js';
import type { Couriers } from './couriers.js';
import type { SecretSeal } from './sealed-secret.js';
import { newSecret, secretText } from './signature.js';
import type { DeliveryRow, WebhookRow, WebhookState } from './tables.js';
import { TargetRefused, type Targets } from './targets.js';
import type { WebhookChange, WebhookStore } from './webhook-store.js';

/** Each that has something to say reads the ledger. */
export const MAX_WEBHOOKS = 50;

export interface WebhookDeskOptions {
  readonly store: WebhookStore;
  readonly seal: SecretSeal;
  readonly targets: Targets;
  readonly log: EventLog;
  readonly couriers: Pick<Couriers, 'look'>;
  readonly nowMs: () => number;
}

export interface Wanted {
  readonly id?: string | undefined;
  readonly url: string;
  readonly event?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly maxEvents: number;
  /** Block to begin with; from now on, if absent. */
  readonly from?: number | undefined;
}

type Described = Omit<Wanted, 'id' | 'from'>;

export interface WantedChange {
  readonly url?: string | undefined;
  readonly event?: string | null | undefined;
  readonly types?: readonly string[] | null | undefined;
  readonly maxEvents?: number | undefined;
  readonly state?: Extract<WebhookState, 'active' | 'paused'> | undefined;
}

export interface Shown<Secret = string> {
  readonly webhook: WebhookRow;
  readonly secret: Secret;
}

export class WebhookDesk {
  readonly #options: WebhookDeskOptions;

  constructor(options: WebhookDeskOptions) {
    this.#options = options;
  }

  /**
   * @returns without a secret where the same was created before: whoever missed it rotates
   * @throws {GatewayError} TARGET_NOT_ALLOWED, TOO_MANY_WEBHOOKS, IDEMPOTENCY_KEY_REUSED, LEDGER_UNAVAILABLE
   * @throws {Refusal} INVALID_FIELD where it would begin far above the ledger
   */
  async create({ id, from, ...wanted }: Wanted): Promise<Shown<string | undefined>> {
    const { store, nowMs, couriers } = this.#options;
    await this.#requireAllowed(wanted.url);
    const own = id ?? newCommandId(nowMs());
    const known = await store.find(own);
    if (known) return { webhook: requireSame(known, wanted), secret: undefined };
    if ((await store.count()) >= MAX_WEBHOOKS) throw new GatewayError('TOO_MANY_WEBHOOKS', { limit: MAX_WEBHOOKS });
    const first = await this.#firstBlock(from);
    const secret = newSecret();
    const row = this.#rowOf(own, wanted, positionBefore(first), secret);
    if (!(await store.add(row))) return { webhook: requireSame(await this.find(own), wanted), secret: undefined };
    couriers.look();
    return { webhook: row, secret: secretText(secret) };
  }

  list(after: string, limit: number): Promise<readonly WebhookRow[]> {
    return this.#options.store.list(after, limit);
  }

  /** This and every method below @throws {GatewayError} UNKNOWN_WEBHOOK */
  async find(id: string): Promise<WebhookRow> {
    return found(id, await this.#options.store.find(id));
  }

  /** @throws {GatewayError} TARGET_NOT_ALLOWED */
  async change(id: string, { url, event, types, maxEvents, state }: WantedChange): Promise<WebhookRow> {
    if (url !== undefined) await this.#requireAllowed(url);
    return this.#changed(id, {
      ...(url !== undefined && { url }),
      ...(event !== undefined && { event }),
      ...(types !== undefined && { types: types && JSON.stringify(types) }),
      ...(maxEvents !== undefined && { max_events: maxEvents }),
      ...(state !== undefined && { state }),
      // Whoever mends it does not wait for the next attempt, and has three days again.
      ...{ failures: 0, failing_since_ms: null, next_attempt_ms: 0 },
    });
  }

  async remove(id: string): Promise<void> {
    if (!(await this.#options.store.remove(id))) throw new GatewayError('UNKNOWN_WEBHOOK', { field: 'webhook' });
    this.#options.couriers.look();
  }

  /** A new secret; the one before signs too for so long. @param once who asks again under it gets the secret that it made */
  async rotate(id: string, overlapMs: number, once?: string): Promise<Shown> {
    const { store, seal, nowMs, couriers } = this.#options;
    const rotation = once === undefined ? null : digestOfSecret(`webhook rotation ${once}`);
    const sealed = { secret: seal.seal(id, newSecret()), key_id: seal.keyId, rotation };
    const webhook = found(id, (await store.rotate(id, sealed, nowMs() + overlapMs)) ?? (await store.find(id)));
    couriers.look();
    return { webhook, secret: secretText(seal.open(id, webhook.secret)) };
  }

  /** Everything from this block on, again where it was delivered before; also forwards. @throws {Refusal} INVALID_FIELD as `create` */
  async replay(id: string, from: number): Promise<WebhookRow> {
    await this.find(id);
    await this.#firstBlock(from);
    const again = { failures: 0, failing_since_ms: null, next_attempt_ms: 0 };
    return this.#changed(id, { position: positionBefore(from), ...again });
  }

  /** The newest first. */
  async deliveries(id: string, before: number, limit: number): Promise<readonly DeliveryRow[]> {
    await this.find(id);
    return this.#options.store.deliveries(id, before, limit);
  }

  async #changed(id: string, change: WebhookChange): Promise<WebhookRow> {
    const row = found(id, await this.#options.store.change(id, change));
    this.#options.couriers.look();
    return row;
  }

  #rowOf(id: string, { url, event, types, maxEvents }: Described, position: string | null, secret: Buffer): WebhookRow {
    const { seal, nowMs } = this.#options;
    return {
      ...{ id, url, event: event ?? null, types: types ? JSON.stringify(types) : null, max_events: maxEvents },
      ...{ state: 'active', position, version: 1 },
      ...{ key_id: seal.keyId, secret: seal.seal(id, secret), previous_secret: null, previous_until_ms: null },
      rotation: null,
      ...{ failures: 0, failing_since_ms: null, next_attempt_ms: 0, attempts: 0, created_ms: nowMs() },
      ...{ lease_holder: null, lease_until_ms: 0 },
    };
  }

  /** Of what begins far above the ledger nobody would hear for ever. */
  async #firstBlock(from: number | undefined): Promise<number> {
    const height = await this.#options.log.height();
    const first = from ?? height;
    require(first <= height + MAX_AHEAD, 'INVALID_FIELD', { field: 'from', height });
    return first;
  }

  async #requireAllowed(url: string): Promise<void> {
    try {
      await this.#options.targets.resolve(new URL(url));
    } catch (error) {
      if (!(error instanceof TargetRefused)) throw error;
      throw new GatewayError('TARGET_NOT_ALLOWED', { field: 'url', fault: error.fault, reason: error.message });
    }
  }
}

function positionBefore(block: number): string | null {
  const position = before(block);
  return position ? textOf(position) : null;
}

function found(id: string, row: WebhookRow | undefined): WebhookRow {
  if (!row) throw new GatewayError('UNKNOWN_WEBHOOK', { field: 'webhook', webhook: id });
  return row;
}

/** @throws {GatewayError} IDEMPOTENCY_KEY_REUSED where the id is of another one */
function requireSame(row: WebhookRow, { url, event, types, maxEvents }: Described): WebhookRow {
  const same =
    row.url === url &&
    row.event === (event ?? null) &&
    row.max_events === maxEvents &&
    row.types === (types ? JSON.stringify(types) : null);
  if (!same) throw new GatewayError('IDEMPOTENCY_KEY_REUSED', { field: 'id', webhook: row.id });
  return row;
}
