/** What the store keeps of credentials: never a secret, only digests. Times in milliseconds since 1970. */
import type { ColumnType } from 'kysely';

export interface SecretRow {
  readonly digest: string;
  /** Absent: it holds as long as its key. */
  readonly until?: number;
  /** Digest of the rotation that made it, where it had an `Idempotency-Key`. */
  readonly once?: string;
}

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  /** Names, by spaces. */
  readonly scopes: string;
  readonly secrets: readonly SecretRow[];
  readonly created_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
  readonly last_used_at: number | null;
}

export interface ApiKeyTable extends Omit<ApiKeyRow, 'secrets'> {
  readonly secrets: ColumnType<readonly SecretRow[], string, string>;
}

export interface ApiKeyRevisionTable {
  /** Always 1. */
  readonly id: number;
  /** One more with each change of a key, in the same transaction: whoever has seen it has seen them. */
  readonly revision: number;
}

export interface DeviceHandshakeTable {
  readonly id: string;
  readonly event: string;
  readonly device: string;
  /** Until when the device's key will hold, as the ledger writes times. */
  readonly not_after: string;
  readonly code_digest: string;
  readonly expires_at: number;
  readonly guesses: number;
  /** Thumbprint of the key that showed the code first. */
  readonly kid: string | null;
}

export interface SignedRequestTable {
  /** Digest of the key's thumbprint and the request's own id. */
  readonly id: string;
  readonly expires_at: number;
}

export interface AuthTables {
  readonly api_keys: ApiKeyTable;
  readonly api_key_revision: ApiKeyRevisionTable;
  readonly device_handshakes: DeviceHandshakeTable;
  readonly signed_requests: SignedRequestTable;
}
