/** Webhooks in the gateway's store: what each wants, where it is, who delivers it now, and what came of its last deliveries. Times are milliseconds since 1970. */
import type { Selectable } from 'kysely';

export const WEBHOOK_STATES = ['active', 'paused', 'gone', 'disabled'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

export interface WebhookTable {
  id: string;
  url: string;
  /** Of this event only; null: of all. */
  event: string | null;
  /** JSON array; null: all. */
  types: string | null;
  /** In one message at most. */
  max_events: number;
  /** `gone`: the target said so. `disabled`: it failed for days. */
  state: WebhookState;
  /** Everything up to there is delivered; null: nothing is. */
  position: string | null;
  /** Changes with whatever a delivery under way must not overwrite, and with each new holder of the lease. */
  version: number;
  /** Which key the secrets are sealed with. */
  key_id: string;
  secret: string;
  /** The one before; signs too, until its time is over. */
  previous_secret: string | null;
  previous_until_ms: number | null;
  /** Digest of the request that made the secret, where it had an `Idempotency-Key`. */
  rotation: string | null;
  /** Attempts that failed since the last that did not, and since when. */
  failures: number;
  failing_since_ms: number | null;
  next_attempt_ms: number;
  /** How many attempts there were: number of the last one in the log. */
  attempts: number;
  created_ms: number;
  /** Which gateway delivers, and until when by the database's clock. */
  lease_holder: string | null;
  lease_until_ms: number;
}

export interface DeliveryTable {
  webhook: string;
  number: number;
  /** `webhook-id` of the message. */
  message: string;
  events: number;
  at_ms: number;
  duration_ms: number;
  /** null: there was no answer. */
  status: number | null;
  /** Why not; null for an answer. */
  error: string | null;
}

export interface WebhookTables {
  webhooks: WebhookTable;
  webhook_deliveries: DeliveryTable;
}

export type WebhookRow = Readonly<Selectable<WebhookTable>>;
export type DeliveryRow = Readonly<Selectable<DeliveryTable>>;
