/** An operation of the REST interface: the one description from which routes, validation, authorisation and the OpenAPI document are made. */
import { z } from 'zod';
import type { Scope } from '../auth/scopes.js';
import type { Aside } from './middleware/shed-reads.js';
import { minBlockShape } from './min-block.js';
import type { Services } from './services.js';

/**
 * Who may call.
 * `public`: reads, and what carries its own signature. `holder`: whoever signs the request with his key, of what is his. A scope: what uses the
 * organization's own signature or identity, or shows what is for its own people. `middleware/authorise.ts` decides.
 */
export type Authority = 'public' | 'holder' | Scope;

/** What must have a block before a read is answered: the gateway's stream of its peer's blocks, or the tables. */
export type AsOf = 'ledger' | 'read-model';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An answer before it is checked against the operation's own schema. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in another form than JSON, sent while it is made. What fails after its beginning cuts the connection, so that no half looks whole. */
export interface StreamReply {
  readonly status: number;
  /** One of those that the response describes. */
  readonly mediaType: string;
  readonly chunks: AsyncIterable<string>;
  /** Of one without an end: aborted to cut the connection. */
  readonly over?: AbortController;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ResponseDescription {
  readonly description: string;
  /** `z.undefined()` for an answer without a body. */
  readonly schema: z.ZodType;
  /** Media types of other forms of the same answer, which a caller asks for by `Accept`. */
  readonly also?: readonly string[];
}

export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** `/v1/events/{event}` */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly authority: Authority;
  /** A gate device of the event in the path may call too. */
  readonly devices: boolean;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** Names in lower case. What is not named here is nobody's business. */
  readonly headers: z.ZodObject;
  /** undefined where no body is read */
  readonly body: z.ZodType | undefined;
  /** Its answer has an entity tag: of the height and the body where it follows from the ledger, else of the `body` alone. */
  readonly tagged: boolean | 'body';
  /** It has a command submitted to the ledger, so its caller need not wait. */
  readonly submits: boolean;
  /** The gateway keeps its first answer for whoever asks again under his `Idempotency-Key`. */
  readonly keepsAnswer: boolean;
  /** Until when a read with `min-block` waits; undefined where it takes none. */
  readonly asOf: AsOf | undefined;
  /** Statuses of problems beyond those of its kind (`openapi-problems.ts`). */
  readonly problems: readonly number[];
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  handle(input: AnyInput, services: Services): Promise<Reply | StreamReply>;
}

export interface Input<P, Q, B, H> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly headers: H;
  /** The request's id, as in the log and in each problem. */
  readonly requestId: string;
  /** A signal that is aborted once whoever asked has hung up. */
  readonly gone: () => AbortSignal;
  /** For what may take long: others are read meanwhile. Only a read gives up a place; a write just waits. */
  readonly aside: Aside;
  /** What the caller prefers of what the operation can answer; JSON where nothing fits. */
  readonly mediaType: string;
  /** The caller's `Idempotency-Key`; where the operation takes an id, it is that id already. */
  readonly idempotencyKey?: string;
}

/** Of whatever operation. */
export type AnyInput = Input<unknown, unknown, unknown, unknown>;

const NOTHING = z.strictObject({});
/** Requests have many headers; those that nobody reads are dropped. */
const ANYTHING = z.object({});

/** An operation as it is written: its schemas give the handler's types. */
export interface OperationSpec<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends Readonly<Record<number, ResponseDescription>>,
  H extends z.ZodObject,
> extends Pick<Operation, 'id' | 'method' | 'path' | 'tag' | 'summary'> {
  readonly authority?: Authority;
  /** Absent: not. */
  readonly devices?: true;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly headers?: H;
  /** Absent: not. */
  readonly tagged?: true | 'body';
  /** Absent: everything but a read does. */
  readonly submits?: false;
  /** Absent: what is written beside the ledger does. `false`: it knows by itself what was asked before. */
  readonly keepsAnswer?: false;
  /** Absent: the ledger, for a read. `never`: it tells of now, whatever was written. */
  readonly asOf?: AsOf | 'never';
  /** Absent: none. */
  readonly problems?: readonly number[];
  readonly responses: R;
  handle(
    input: Input<z.output<P>, z.output<Q>, z.output<B>, z.output<H>>,
    services: Services,
  ): Promise<ReplyOf<R> | StreamReply>;
}

type ReplyOf<R extends Readonly<Record<number, ResponseDescription>>> = {
  [S in keyof R & number]: {
    readonly status: S;
    readonly body: z.input<R[S]['schema']>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof R & number];

export function operation<
  R extends Readonly<Record<number, ResponseDescription>>,
  P extends z.ZodObject = typeof NOTHING,
  Q extends z.ZodObject = typeof NOTHING,
  B extends z.ZodType = z.ZodUndefined,
  H extends z.ZodObject = typeof ANYTHING,
>(spec: OperationSpec<P, Q, B, R, H>): Operation {
  const {
    authority = 'public',
    params = NOTHING,
    query = NOTHING,
    headers = ANYTHING,
    body,
    tagged = false,
    devices = false,
    problems = [],
    ...rest
  } = spec;
  // The router parses every part with these very schemas before it calls.
  return {
    ...rest,
    authority,
    devices,
    params,
    ...readAsOf(spec, query, headers),
    body,
    tagged,
    problems,
    submits: spec.submits ?? spec.method !== 'GET',
    keepsAnswer: spec.submits === false && spec.method !== 'GET' && spec.keepsAnswer !== false,
    handle: (input, services) => spec.handle(input as never, services),
  };
}

/** Of a read, whose caller may say how new its answer must be. */
function readAsOf(
  { method, asOf }: Pick<Operation, 'method'> & { asOf?: AsOf | 'never' },
  query: z.ZodObject,
  headers: z.ZodObject,
) {
  const waitsFor = asOf ?? (method === 'GET' ? 'ledger' : 'never');
  if (waitsFor === 'never') return { query, headers, asOf: undefined };
  return { query: query.safeExtend(minBlockShape), headers: headers.safeExtend(minBlockShape), asOf: waitsFor };
}

/** A plain answer. */
export const ok = <B>(body: B) => ({ status: 200 as const, body });
