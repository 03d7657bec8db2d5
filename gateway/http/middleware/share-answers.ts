/**
 * Many who ask the same at once are asked for once: everybody looks at the hot event. An answer is shared for a moment, and no longer than until the next block is
 * seen, or is in the read model: whoever has been told that his command is in a block never gets an answer from before it. Only what anybody may ask is shared, only
 * where it was found, only as JSON; and what is large only among those who wait for it together.
 */
import type { Context, Middleware } from 'koa';
import { PROOF_HEADER } from '../../auth/request-proof.js';
import { systemClock, type Clock } from '../../fabric/clock.js';
import type { RequestState } from './request-id.js';

export interface ShareAnswersOptions {
  /** So many blocks the gateway has seen. */
  readonly seenHeight: () => number;
  /** So many are in the tables that the read model answers from. */
  readonly readModel: { readonly height: number };
  readonly nowMs: () => number;
  readonly clock?: Pick<Clock, 'after'>;
}

/** What is not in a block may be so much older than it looks. */
const SHARED_MS = 100;
const MAX_SHARED = 1_000;
const MAX_KEPT_CHARS = 64 * 1024;
/** Who sends one of them wants an answer of his own. */
const OWN_HEADERS = [
  ...['Authorization', PROOF_HEADER, 'If-None-Match', 'Min-Block', 'Prefer', 'Last-Event-ID', 'Range'],
  ...['Content-Length', 'Transfer-Encoding'],
];
/** Of which all ask for the same; a form of somebody's own would be an entry of its own. */
const SHARED_FORMS = ['', '*/*', 'application/json'];
const SHARED_HEADERS = ['etag', 'cache-control', 'vary', 'content-type'];

interface Answer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly operation: string | undefined;
}

interface Shared {
  /** What both sources of answers had when it was asked for. */
  readonly heights: string;
  readonly sinceMs: number;
  /** undefined if it turned out not to be for everybody. */
  readonly answer: Promise<Answer | undefined>;
}

type SharedContext = Context & { state: RequestState };

export function shareAnswers(options: ShareAnswersOptions): Middleware<RequestState> {
  const { seenHeight, readModel, nowMs, clock = systemClock } = options;
  const shared = new Map<string, Shared>();
  const forget = (key: string, one: Shared) => {
    if (shared.get(key) === one) shared.delete(key);
  };
  const keep = (key: string, one: Shared) => {
    shared.delete(key);
    shared.set(key, one);
    const [oldest] = shared.keys();
    if (shared.size > MAX_SHARED && oldest !== undefined) shared.delete(oldest);
    clock.after(SHARED_MS, () => forget(key, one));
    void one.answer.then((answer) => {
      if (!answer || answer.body.length > MAX_KEPT_CHARS) forget(key, one);
    });
  };
  const heightsNow = () => `${seenHeight()} ${readModel.height}`;
  const isFresh = (one: Shared | undefined): one is Shared =>
    one?.heights === heightsNow() && nowMs() - one.sinceMs < SHARED_MS;

  return async (ctx, next) => {
    if (!mayBeShared(ctx)) {
      await next();
      return;
    }
    const known = shared.get(ctx.url);
    if (isFresh(known)) {
      const answer = await known.answer;
      if (answer) give(ctx, answer);
      else await next();
      return;
    }
    const since = { heights: heightsNow(), sinceMs: nowMs() };
    const answer = next().then(() => answerOf(ctx));
    keep(ctx.url, { ...since, answer: answer.catch(() => undefined) });
    const own = await answer;
    if (own) ctx.body = own.body;
  };
}

const mayBeShared = (ctx: Context): boolean =>
  ctx.method === 'GET' &&
  ctx.path.startsWith('/v1/') &&
  !('min-block' in ctx.query) &&
  SHARED_FORMS.includes(ctx.get('Accept')) &&
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
