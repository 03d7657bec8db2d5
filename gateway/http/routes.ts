/** From the list of operations to routes: authorise, parse each part, handle, and check the answer against its own schema. */
import { Readable } from 'node:stream';
import Router from '@koa/router';
import type { Context } from 'koa';
import { parseWith } from '../../chaincode/domain/parse.js';
import { PROOF_HEADER } from '../auth/request-proof.js';
import { parseBody } from './bodies.js';
import { asCaller } from './caller.js';
import { commandStateSchema } from './command-states.js';
import { entityTagOf, isStillSo } from './entity-tag.js';
import { asOfBlock } from './min-block.js';
import type { Callers } from './middleware/authorise.js';
import type { RequestState } from './middleware/request-id.js';
import type { Aside } from './middleware/shed-reads.js';
import type { Operation, Reply, StreamReply } from './operation.js';
import type { Services } from './services.js';
import { write } from './writes.js';

export interface RoutesOptions {
  readonly operations: readonly Operation[];
  readonly services: Services;
  readonly callers: Pick<Callers, 'authorise'>;
}

export function routesOf({ operations, services, callers }: RoutesOptions): Router<RequestState> {
  const router = new Router<RequestState>();
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const mediaTypes = mediaTypesOf(operation);
    router.register(path, [operation.method], async (ctx) => {
      ctx.state.operation = operation.id;
      const isForOne = isPrivate(ctx, operation);
      if (isForOne) ctx.set('Cache-Control', NOT_KEPT);
      const caller = await callers.authorise(ctx, operation);
      const input = await asOfBlock(operation, inputOf(operation, mediaTypes, ctx), services);
      // Before the record is read: what is answered is at least as new.
      const height = operation.asOf === 'read-model' ? services.readModel.height : services.seenHeight();
      const reply = await asCaller(caller, () =>
        operation.method === 'GET' ? operation.handle(input, services) : write(operation, input, services, ctx),
      );
      const body = 'chunks' in reply ? await streamed(operation, reply) : checked(operation, reply);
      ctx.status = reply.status;
      if (mediaTypes.length > 1) ctx.vary('Accept');
      if ('chunks' in reply) ctx.type = reply.mediaType;
      ctx.set({ ...reply.headers });
      ctx.body = body;
      if (operation.tagged) tag(ctx, entityTagOf(operation.tagged === 'body' ? undefined : height, body));
      if (isForOne) ctx.set('Cache-Control', ctx.res.hasHeader('ETag') ? ASKED_AGAIN : NOT_KEPT);
    });
  }
  return router;
}

/** Of what not everybody may read, nothing is left with a proxy (RFC 9111, section 5.2.2.7), problems included. */
const NOT_KEPT = 'private, no-store';
/** His own copy is good for `If-None-Match`. */
const ASKED_AGAIN = 'private, no-cache';

const isPrivate = (ctx: Context, { authority }: Operation): boolean =>
  authority !== 'public' || ctx.get(PROOF_HEADER) !== '';

/** Without a body where the caller has this very answer. */
function tag(ctx: Context, entityTag: string): void {
  ctx.set({ ETag: entityTag, 'Cache-Control': 'no-cache' });
  if (!isStillSo(ctx.get('If-None-Match'), entityTag)) return;
  ctx.status = 304;
  ctx.body = null;
}

function inputOf(operation: Operation, mediaTypes: readonly string[], ctx: Context & { state: RequestState }) {
  const { params, request, state } = ctx as typeof ctx & { params: unknown };
  return {
    params: parseWith(operation.params, params, ''),
    query: parseWith(operation.query, { ...request.query }, 'query'),
    headers: parseWith(operation.headers, { ...request.headers }, 'header'),
    body: operation.body === undefined ? undefined : parseBody(operation.body, bodyOf(ctx)),
    requestId: state.requestId,
    gone: () => goneFrom(ctx),
    aside: state.aside ?? HERE,
    mediaType: mediaTypes.length > 1 ? preferredBy(ctx, mediaTypes) : JSON_TYPE,
  };
}

const HERE: Aside = async (wait) => {
  await wait();
};

function goneFrom({ res }: Context): AbortSignal {
  const gone = new AbortController();
  if (res.destroyed) gone.abort();
  res.once('close', () => gone.abort());
  return gone.signal;
}

const JSON_TYPE = 'application/json';

const mediaTypesOf = ({ responses }: Operation): readonly string[] => [
  JSON_TYPE,
  ...Object.values(responses).flatMap(({ also = [] }) => also),
];

function preferredBy(ctx: Context, mediaTypes: readonly string[]): string {
  const preferred = ctx.accepts([...mediaTypes]);
  return typeof preferred === 'string' ? preferred : JSON_TYPE;
}

/** What fails before the first chunk is a problem like any other; after it the status is already on its way. */
async function streamed(operation: Operation, { status, mediaType, chunks, over }: StreamReply): Promise<Readable> {
  const described = operation.responses[status]?.also?.includes(mediaType);
  if (!described) throw new Error(`${operation.id} does not say that it answers ${mediaType}`);
  const iterator = chunks[Symbol.asyncIterator]();
  let taken: IteratorResult<string> | undefined = await iterator.next();
  // No generator: whoever hangs up would wait there for the next chunk before its source is told.
  const all = {
    next: () => {
      const first = taken;
      taken = undefined;
      return first ? Promise.resolve(first) : iterator.next();
    },
    return: () => iterator.return?.() ?? Promise.resolve({ done: true as const, value: undefined }),
  };
  return Readable.from({ [Symbol.asyncIterator]: () => all }, { ...(over && { signal: over.signal }) });
}

/** The parser leaves `{}` or nothing where no body was sent. */
function bodyOf({ request }: Context): unknown {
  return (request as { body?: unknown }).body ?? {};
}

/** An answer that breaks its schema is our defect: it is not sent. */
function checked(operation: Operation, reply: Reply): unknown {
  const schema = reply.status === 202 ? commandStateSchema : operation.responses[reply.status]?.schema;
  const parsed = schema?.safeParse(reply.body);
  if (parsed?.success) return parsed.data;
  const problems = parsed?.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [
    `status ${reply.status} is not described`,
  ];
  throw new Error(`${operation.id} answers against its own schema: ${problems.join('; ')}`);
}
