/**
 * The problems (RFC 9457) that the OpenAPI document says an operation may answer, each status by itself: of every operation what the HTTP layer may say, of a
 * write what the ledger may, and what an operation adds. `default` stands beside them for what is told later, never for what is told today: tests hold
 * every answered status against `statusesOf`, and the fuzzer reads the document without `default`.
 */
import { REQUEST_ID } from './openapi-headers.js';
import type { Operation } from './operation.js';
import { RETRY_AFTER_S, STATUS, type ProblemCode } from './problem.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * What is asked may break a rule of its form, come with a credential that does not hold, or with a signature of a device or person that there is not, come too
 * often, meet a defect of ours or a ledger that can't be reached.
 */
const OF_ALL = [400, 401, 403, 404, 429, 500, 503];
/** A body that can't be read, a rule of the ledger, its key, its outcome. */
const OF_WRITES = [409, 413, 415, 422, 502, 504];

/** Statuses of problems, in their order. */
export function statusesOf({ method, problems }: Operation): readonly number[] {
  const all = new Set([...OF_ALL, ...(method === 'GET' ? [] : OF_WRITES), ...problems]);
  return [...all].sort((a, b) => a - b);
}

const nameOf = (status: number): string => `Problem${status}`;

/** Of an operation: each status refers to what is the same for all. */
export const problemsOf = (operation: Operation): Json =>
  Object.fromEntries(
    statusesOf(operation).map((status) => [status, { $ref: `#/components/responses/${nameOf(status)}` }]),
  );

/** The document's `components.responses`. @param schema of a problem */
export const problemResponses = (operations: readonly Operation[], schema: unknown): Json => {
  const statuses = [...new Set(operations.flatMap(statusesOf))].sort((a, b) => a - b);
  return Object.fromEntries(statuses.map((status) => [nameOf(status), responseOf(status, schema)]));
};

function responseOf(status: number, schema: unknown): Json {
  const codes = (Object.keys(STATUS) as ProblemCode[]).filter((code) => STATUS[code] === status);
  return {
    description: `Problem (RFC 9457): ${codes.map((code) => `\`${code}\``).join(', ')}`,
    headers: headersOf(status, codes),
    content: { 'application/problem+json': { schema } },
  };
}

const text = { type: 'string' };

/** `Retry-After` is always there where each code of the status has one. */
function headersOf(status: number, codes: readonly ProblemCode[]): Json {
  const worthAgain = codes.filter((code) => RETRY_AFTER_S[code] !== undefined);
  return {
    ...REQUEST_ID,
    ...(worthAgain.length > 0 && {
      'Retry-After': {
        description: 'seconds',
        required: worthAgain.length === codes.length,
        schema: { type: 'integer', minimum: 1 },
      },
    }),
    ...(status === STATUS.UNAUTHENTICATED && {
      'WWW-Authenticate': { description: 'how to sign in (RFC 9110)', required: true, schema: text },
    }),
  };
}
