/**
 * Many who ask the same at once are asked for once: everybody looks at the hot event. An answer is shared for a moment, and no longer than until the next block is
 * seen: whoever has been told that his command is in a block never gets an answer from before it. Only what anybody may ask is shared, only where it was found.
 */
import type { Context, Middleware } from 'koa';
import { PROOF_HEADER } from '../../auth/request-proof.js';
import type { RequestState } from './request-id.js';

export interface ShareAnswersOptions {
  /** So many blocks the gateway has seen. */
  readonly seenHeight: () => number;
  readonly nowMs: () => number;
}

/** What is not in a block may be so much older than it looks. */
const SHARED_MS = 100;
const MAX_SHARED = 1_000;
/** Who sends one of them wants an answer of his own. */
const OWN_HEADERS = [
  ...['Authorization', PROOF_HEADER, 'If-None-Match', 'Min-Block', 'Prefer', 'Last-Event-ID', 'Range'],
  ...['Content-Length', 'Transfer-Encoding'],
];
const SHARED_HEADERS = ['etag', 'cache-control', 'vary', 'content-type'];

interface Answer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly operation: string | undefined;
}

interface Shared {
  readonly height: number;
  readonly sinceMs: number;
  /** undefined if it turned out not to be for everybody. */
  readonly answer: Promise<Answer | undefined>;
}

type SharedContext = Context & { state: RequestState };

export function shareAnswers({ seenHeight, nowMs }: ShareAnswersOptions): Middleware<RequestState> {
  const shared = new Map<string, Shared>();
  const keep = (key: string, one: Shared) => {
    shared.delete(key);
    shared.set(key, one);
    const [oldest] = shared.keys();
    if (shared.size > MAX_SHARED && oldest !== undefined) shared.delete(oldest);
  };
  const isFresh = (one: Shared | undefined): one is Shared =>
    one?.height === seenHeight() && nowMs() - one.sinceMs < SHARED_MS;

  return async (ctx, next) => {
    if (!mayBeShared(ctx)) {
      await next();
      return;
    }
    const key = `${ctx.url}\n${ctx.get('Accept')}`;
    const known = shared.get(key);
    if (isFresh(known)) {
      const answer = await known.answer;
      if (answer) give(ctx, answer);
      else await next();
      return;
    }
    const answer = next().then(() => answerOf(ctx));
    keep(key, { height: seenHeight(), sinceMs: nowMs(), answer: answer.catch(() => undefined) });
    const own = await answer;
    if (own) ctx.body = own.body;
  };
}

const mayBeShared = (ctx: Context): boolean =>
  ctx.method === 'GET' &&
  ctx.path.startsWith('/v1/') &&
  !('min-block' in ctx.query) &&
  OWN_HEADERS.every((header) => ctx.get(header) === '');

/** Once more as text, so that it is written out once. */
function answerOf(ctx: SharedContext): Answer | undefined {
  const body: unknown = ctx.body;
  if (ctx.status !== 200 || !isPlain(body)) return undefined;
  const headers = SHARED_HEADERS.flatMap((name) => {
    const value = ctx.res.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { body: JSON.stringify(body), headers: Object.fromEntries(headers), operation: ctx.state.operation };
}

const isPlain = (body: unknown): boolean =>
  Array.isArray(body) || Object.getPrototypeOf(Object(body)) === Object.prototype;

function give(ctx: SharedContext, { body, headers, operation }: Answer): void {
  if (operation !== undefined) ctx.state.operation = operation;
  ctx.status = 200;
  ctx.body = body;
  ctx.set({ ...headers });
}
