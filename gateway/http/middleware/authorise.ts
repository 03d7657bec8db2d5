/**
 * Who calls, and whether he may. A bearer credential is looked at and counted before a body is read; a request's own signature is over the body, so it comes after.
 * What anybody can make himself, a signature or a wrong guess, is counted by address.
 */
import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { Bearers } from '../../auth/bearers.js';
import { anybodyAt } from '../../auth/identity.js';
import { PROOF_HEADER } from '../../auth/request-proof.js';
import type { Signers, SigningCaller } from '../../auth/signers.js';
import { GatewayError } from '../../errors.js';
import { countedAddress } from '../../limits/address.js';
import type { RateLimits } from '../../limits/rate-limits.js';
import { nameOfCaller, type Caller } from '../caller.js';
import type { Operation } from '../operation.js';
import { hangUp } from './read-body.js';
import type { RequestState } from './request-id.js';

export interface CallersOptions {
  readonly bearers: Bearers;
  readonly signers: Signers;
  /** undefined: nobody is counted */
  readonly limits: RateLimits | undefined;
}

type Asked = Pick<Operation, 'authority' | 'devices'>;

export class Callers {
  readonly #options: CallersOptions;

  constructor(options: CallersOptions) {
    this.#options = options;
  }

  identify(): Middleware<RequestState> {
    return async (ctx, next) => {
      try {
        await this.#identify(ctx);
      } catch (error) {
        if (hasUnreadBody(ctx.req)) await hangUp(ctx);
        throw error;
      }
      await next();
    };
  }

  /** @throws {GatewayError} UNAUTHENTICATED, SCOPE_MISSING @throws {Refusal | GatewayError} of a signature */
  async authorise(ctx: Context & { state: RequestState }, operation: Asked): Promise<Caller> {
    const { caller, scopes } = ctx.state.identity ?? anybodyAt('unknown');
    const { authority } = operation;
    const proof = ctx.get(PROOF_HEADER);
    if (proof !== '') return this.#authoriseSigner(ctx, operation, proof);
    if (authority === 'public') return caller;
    const field = authority === 'holder' ? PROOF_HEADER : 'Authorization';
    if (caller.kind === 'anybody') throw new GatewayError('UNAUTHENTICATED', { field });
    if (authority === 'holder' || !scopes.has(authority))
      throw new GatewayError('SCOPE_MISSING', { field, scope: authority });
    return caller;
  }

  async #identify(ctx: Context & { state: RequestState }): Promise<void> {
    const address = countedAddress(ctx.ip);
    try {
      ctx.state.identity = await this.#options.bearers.identify(ctx.get('Authorization'), address);
    } catch (error) {
      await this.#count(ctx, anybodyAt(address).caller);
      throw error;
    }
    const { caller } = ctx.state.identity;
    await this.#count(ctx, isSigned(ctx, caller) ? signedAt(caller) : caller);
  }

  /** A gate device that has shown that it is one is counted by itself: at a venue many have one address, and so has its audience. */
  async #countDevice(ctx: Context & { state: RequestState }, device: Caller): Promise<void> {
    const counted = ctx.state.identity?.caller;
    if (!counted || !isSigned(ctx, counted)) return;
    await this.#options.limits?.giveBack(signedAt(counted));
    await this.#count(ctx, device);
  }

  /** Whoever watches over the gateway asks however busy it is. */
  async #count(ctx: Context, caller: Caller): Promise<void> {
    if (!isHealth(ctx)) await this.#options.limits?.take(caller, (headers) => ctx.set({ ...headers }));
  }

  async #authoriseSigner(ctx: Context, { authority, devices }: Asked, proof: string): Promise<Caller> {
    const { method, req, request } = ctx;
    const body = (request as { rawBody?: unknown }).rawBody;
    const shown = { method, target: req.url ?? '', body: typeof body === 'string' ? body : '' };
    const { caller, event } = await this.#options.signers.identify(proof, shown);
    const may = authority === 'public' || authority === caller.kind || (devices && isAbout(ctx, event));
    if (!may) throw new GatewayError('SCOPE_MISSING', { field: PROOF_HEADER, scope: authority });
    if (caller.kind === 'device') await this.#countDevice(ctx, caller);
    // Anybody can make himself a key.
    return caller.kind === 'holder'
      ? { ...caller, share: nameOfCaller(anybodyAt(countedAddress(ctx.ip)).caller) }
      : caller;
  }
}

/** Exactly these, and without credentials that would have to be looked at: what they cost is bounded (`readiness.ts`). */
const HEALTH = ['/health/live', '/health/ready'];
const isHealth = (ctx: Context): boolean =>
  (ctx.method === 'GET' || ctx.method === 'HEAD') &&
  HEALTH.includes(ctx.path) &&
  ctx.get('Authorization') === '' &&
  ctx.get(PROOF_HEADER) === '';

const isSigned = (ctx: Context, { kind }: Caller): boolean => kind === 'anybody' && ctx.get(PROOF_HEADER) !== '';

/** Signatures of one address are counted apart from what else comes from there, so that it takes none of their share. */
const signedAt = ({ id }: Caller): Caller => ({ kind: 'anybody', id: `${id} signed` });

function isAbout(ctx: Context, event: SigningCaller['event']): boolean {
  const { params } = ctx as unknown as { readonly params: Readonly<Record<string, string>> };
  return event !== undefined && params.event === event;
}

function hasUnreadBody({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}
