/** Asks this gateway. What it refuses is thrown as a `Problem` (RFC 9457), and so is its silence. */

const TIMEOUT_MS = 20_000;

export interface ProblemDocument {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly field?: string | undefined;
  readonly instance?: string | undefined;
}

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly document: ProblemDocument) {
    super(document.detail);
  }
}

/** @param segments of the path below `/v1`, encoded here */
export const pathTo = (...segments: readonly string[]): string =>
  `/v1/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;

/** The gateway checks each answer against its schema before it sends it. @throws {Problem} */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answerTo(path, signal);
  const body = await jsonOf(response);
  if (!response.ok) throw new Problem(problemIn(body, response.status));
  return body as T;
}

async function answerTo(path: string, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(path, { signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem({
      code: 'NO_ANSWER',
      title: 'The gateway does not answer',
      detail: 'It may be stopped, or the connection to it is broken.',
    });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function problemIn(body: unknown, status: number): ProblemDocument {
  const { code, title, detail, field, instance } = (body ?? {}) as Partial<Record<keyof ProblemDocument, unknown>>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    code: text(code) ?? `HTTP_${status}`,
    title: text(title) ?? 'The gateway answered something else',
    detail: text(detail) ?? `It answered with status ${status}.`,
    field: text(field),
    instance: text(instance),
  };
}
