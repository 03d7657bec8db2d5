/** Holds what a test's gateway has answered against what the document says of each operation: `default` is not asked. */
import type Koa from 'koa';
import type { RequestState } from '../../../../gateway/http/middleware/request-id.js';
import { headersOfReply, notModified } from '../../../../gateway/http/openapi-headers.js';
import { statusesOf } from '../../../../gateway/http/openapi-problems.js';
import type { Operation } from '../../../../gateway/http/operation.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';

interface Line {
  readonly msg: string;
  readonly operation?: string;
  readonly status: number;
  readonly code?: string;
}

/** An answer of an operation. */
export interface Told {
  readonly operation: string;
  readonly status: number;
  readonly headers: ReadonlySet<string>;
}

const NOT_MODIFIED = 304;
const PROBLEMS = 400;
/** Those that an operation's answers differ in. */
const OWN_HEADERS = ['ETag', 'Location', 'Preference-Applied', 'Idempotency-Replayed'];

/** @param log in which each answer has a line. @throws {Error} that names the first one */
export function requireDocumented(log: readonly string[], operations: readonly Operation[] = OPERATIONS): void {
  const told = new Map(operations.map((each) => [each.id, new Set(statusesOf(each))]));
  for (const line of log.map((text) => JSON.parse(text) as Line)) {
    const statuses = told.get(line.operation ?? '');
    if (line.msg !== 'answered' || line.status < PROBLEMS || !statuses || statuses.has(line.status)) continue;
    throw new Error(
      `${line.operation ?? ''} answered ${line.status} ${line.code ?? ''}, which the document does not say`,
    );
  }
}

/** @returns what is told from now on */
export function toldBy(app: Koa<RequestState>): readonly Told[] {
  const told: Told[] = [];
  app.middleware.unshift(async (ctx, next) => {
    await next();
    const { operation } = ctx.state as Partial<RequestState>;
    if (operation === undefined) return;
    told.push({ operation, status: ctx.status, headers: new Set(Object.keys(ctx.response.headers)) });
  });
  return told;
}

/** @throws {Error} that names the first header of which the document does not say that it comes, or says that it always does */
export function requireHeadersDocumented(told: readonly Told[], operations: readonly Operation[] = OPERATIONS): void {
  const named = new Map(operations.map((each) => [each.id, each]));
  for (const { operation, status, headers } of told) {
    const source = named.get(operation);
    // The documentation and the metrics are no operations of the document.
    if (!source || status >= PROBLEMS) continue;
    const described = describedOf(source, status);
    const wrong = OWN_HEADERS.find((name) => {
      const isThere = headers.has(name.toLowerCase());
      return isThere ? !(name in described) : described[name]?.required === true;
    });
    if (wrong !== undefined) throw new Error(`the document is wrong about ${wrong} of ${operation}'s ${status}`);
  }
}

function describedOf(operation: Operation, status: number): Readonly<Record<string, { readonly required?: boolean }>> {
  const { headers } = status === NOT_MODIFIED ? notModified(operation) : headersOfReply(operation, status);
  return headers as ReturnType<typeof describedOf>;
}
