/** Who may call an operation. API keys with scopes will be decided here too. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { GatewayError } from '../../errors.js';
import type { Caller } from '../caller.js';
import type { Authority } from '../operation.js';

export interface Authoriser {
  /** @throws {GatewayError} UNAUTHENTICATED */
  authorise(ctx: Context, authority: Authority): Caller;
}

/** The organization's operator has one token; whoever shows it acts for the organization. */
export class OperatorToken implements Authoriser {
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#digest = sha256(token);
  }

  authorise(ctx: Context, authority: Authority): Caller {
    if (authority === 'public') return { kind: 'anybody', id: ctx.ip };
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(ctx.get('Authorization')) ?? [];
    // Digests have one length, so the comparison takes the same time for every token.
    if (token === undefined || !timingSafeEqual(sha256(token), this.#digest)) throw new GatewayError('UNAUTHENTICATED');
    return { kind: 'operator', id: 'operator' };
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
