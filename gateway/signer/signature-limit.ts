/** How often a key may sign: a token bucket for each key, so that whoever reaches the socket can't sign without end. */

export interface SignatureLimitOptions {
  readonly signaturesPerMinute: number;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MINUTE_MS = 60_000;

export class SignatureLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ signaturesPerMinute, now = () => performance.now() }: SignatureLimitOptions) {
    this.#perMinute = signaturesPerMinute;
    this.#now = now;
  }

  /** Takes one signature from the key's allowance. @returns false when it is used up */
  take(kid: string): boolean {
    const now = this.#now();
    const bucket = this.#buckets.get(kid) ?? { tokens: this.#perMinute, filledAtMs: now };
    this.#buckets.set(kid, bucket);
    const gained = ((now - bucket.filledAtMs) / MINUTE_MS) * this.#perMinute;
    bucket.tokens = Math.min(this.#perMinute, bucket.tokens + gained);
    bucket.filledAtMs = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
