/**
 * How many requests a caller may make in a minute, told by the RateLimit fields (draft-ietf-httpapi-ratelimit-headers). Counted in this process: a write to a shared
 * database with each read would cost more than the read, so each of several gateways admits as much by itself. The operator is not counted.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { GatewayError } from '../errors.js';
import { nameOfCaller, type Caller } from '../http/caller.js';

export interface RateLimitsConfig {
  /** Requests in a minute from one address that shows no credential, or one that does not hold. */
  readonly perAddress: number;
  /** Requests in a minute of one API key, or one subject of the OpenID provider. */
  readonly perClient: number;
}

type Headers = Readonly<Record<string, string>>;
type Policy = 'address' | 'client';

const MINUTE_S = 60;

export class RateLimits {
  readonly #limiters: Readonly<Record<Policy, RateLimiterMemory>>;

  /** @param durationSeconds for tests that can't wait for a minute */
  constructor({ perAddress, perClient }: RateLimitsConfig, durationSeconds = MINUTE_S) {
    this.#limiters = {
      address: new RateLimiterMemory({ points: perAddress, duration: durationSeconds }),
      client: new RateLimiterMemory({ points: perClient, duration: durationSeconds }),
    };
  }

  /** Takes one request. @param tell is given the headers in either case @throws {GatewayError} RATE_LIMITED */
  async take(caller: Caller, tell: (headers: Headers) => void): Promise<void> {
    if (caller.kind === 'operator') return;
    const policy = policyOf(caller);
    const limiter = this.#limiters[policy];
    try {
      tell(headersOf(policy, limiter, await limiter.consume(nameOfCaller(caller))));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      tell(headersOf(policy, limiter, refused));
      const { points: limit, duration: windowSeconds } = limiter;
      throw new GatewayError('RATE_LIMITED', { limit, windowSeconds, retryAfterS: secondsTo(refused) });
    }
  }

  /** A request that was counted for another caller than it turned out to be of. */
  async giveBack(caller: Caller): Promise<void> {
    await this.#limiters[policyOf(caller)].reward(nameOfCaller(caller));
  }
}

const policyOf = ({ kind }: Caller): Policy => (kind === 'anybody' ? 'address' : 'client');

const secondsTo = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

const headersOf = (policy: Policy, { points, duration }: RateLimiterMemory, found: RateLimiterRes): Headers => ({
  'RateLimit-Policy': `"${policy}";q=${points};w=${duration}`,
  RateLimit: `"${policy}";r=${found.remainingPoints};t=${secondsTo(found)}`,
});
