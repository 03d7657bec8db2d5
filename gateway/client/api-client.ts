/**
 * The typed client: paths, parameters, bodies and answers are those of the OpenAPI document (`generated.ts`). What the gateway refuses is thrown as a
 * `ProblemError`, so an answer is always one of success.
 */
import { sleep, systemClock, type Clock, type Random } from '../fabric/clock.js';
import type { paths } from './generated.js';
import { readProblem, type ProblemError } from './problem-error.js';

export interface ApiClientOptions {
  /** Base of a gateway, without `/v1`. */
  readonly baseUrl: string;
  /** The operator's token, for what uses the organization's own signature or identity. */
  readonly token?: string;
  /** Of a call, with all times that it is asked again. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

type Method = 'get' | 'post' | 'patch' | 'delete';
/** Paths that have such a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Readonly<Record<M, object>> ? P : never;
}[keyof paths];
type At<P extends keyof paths, M extends Method> = paths[P] extends Readonly<Record<M, infer O>> ? O : never;

type Parameters<O, Where extends string> = O extends { readonly parameters: Readonly<Partial<Record<Where, infer T>>> }
  ? NonNullable<T>
  : never;
/** Of a query everything is text in the end. */
type Texts<Q> = { readonly [K in keyof Q]: Q[K] extends number | undefined ? Q[K] | `${number}` : Q[K] };
export type QueryOf<P extends PathOf<'get'>> = Texts<Parameters<At<P, 'get'>, 'query'>>;
type BodyOf<O> = O extends { readonly requestBody?: { readonly content: { readonly 'application/json': infer B } } }
  ? B
  : never;
/** What is undefined is not sent. */
type Sent<T> = {
  readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? Sent<T[K]> | undefined : Sent<T[K]>;
};

/** What an operation takes; members that it has not can't be given. */
export interface Asked<O> {
  readonly path?: Parameters<O, 'path'>;
  readonly query?: Sent<Texts<Parameters<O, 'query'>>>;
  readonly headers?: Sent<Parameters<O, 'header'>>;
  readonly body?: Sent<BodyOf<O>>;
}

type Json<R> = R extends { readonly content: { readonly 'application/json': infer B } } ? B : never;
/** The body of an answer of success. */
type Answered<O> = O extends { readonly responses: infer R } ? Json<R[keyof R & (200 | 201)]> : never;

/** An answer and whether it is the first one's. */
export interface Answer<T> {
  readonly body: T;
  readonly replayed: boolean;
}

type Values = Readonly<Record<string, string | number | undefined>>;
interface Call {
  readonly path?: Values;
  readonly query?: Values;
  readonly headers?: Values;
  readonly body?: unknown;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_TIMES_AGAIN = 4;

/**
 * A read that the gateway turns away because it has too many (`OVERLOADED`) is asked again, at most four times and within the call's timeout: not before its
 * `Retry-After` is over, and up to as long again after it, so that those who were turned away together don't come back together. Only that, because nothing was
 * done for it; what writes, and what is refused for any other reason, is the caller's to repeat.
 */
export class ApiClient {
  readonly #options: ApiClientOptions;

  constructor(options: ApiClientOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/$/, '') };
  }

  /** @throws {ProblemError} as every call here */
  async get<P extends PathOf<'get'>>(path: P, asked: Asked<At<P, 'get'>> = {}): Promise<Answered<At<P, 'get'>>> {
    return (await this.#call<Answered<At<P, 'get'>>>('GET', path, asked as Call)).body;
  }

  post<P extends PathOf<'post'>>(path: P, asked: Asked<At<P, 'post'>>): Promise<Answer<Answered<At<P, 'post'>>>> {
    return this.#call('POST', path, asked as Call);
  }

  patch<P extends PathOf<'patch'>>(path: P, asked: Asked<At<P, 'patch'>>): Promise<Answer<Answered<At<P, 'patch'>>>> {
    return this.#call('PATCH', path, asked as Call);
  }

  delete<P extends PathOf<'delete'>>(
    path: P,
    asked: Asked<At<P, 'delete'>>,
  ): Promise<Answer<Answered<At<P, 'delete'>>>> {
    return this.#call('DELETE', path, asked as Call);
  }

  /** An answer in another form than JSON. */
  async text<P extends PathOf<'get'>>(path: P, asked: Asked<At<P, 'get'>>): Promise<string> {
    return (await this.#fetch('GET', path, asked as Call)).text();
  }

  /** The gateway checks each answer against its schema before it is sent; it is believed here. */
  async #call<T>(method: string, path: string, asked: Call): Promise<Answer<T>> {
    const response = await this.#fetch(method, path, asked);
    const body = (await response.json()) as T;
    return { body, replayed: response.headers.get('Idempotency-Replayed') === 'true' };
  }

  async #fetch(method: string, path: string, call: Call): Promise<Response> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, clock = systemClock, random = Math.random } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const endsAtMs = clock.now() + timeoutMs;
    for (let again = 0; ; again += 1) {
      const response = await this.#ask(method, path, call, signal);
      if (response.ok) return response;
      const problem = readProblem(response.status, await response.json());
      const waitMs = again < MAX_TIMES_AGAIN && method === 'GET' ? retryAfterMs(response, problem) : undefined;
      const jitteredMs = (waitMs ?? Infinity) * (1 + random());
      if (clock.now() + jitteredMs >= endsAtMs) throw problem;
      await sleep(clock, jitteredMs);
    }
  }

  #ask(method: string, path: string, { path: named, query, headers, body }: Call, signal: AbortSignal) {
    const { baseUrl, token } = this.#options;
    return fetch(`${baseUrl}${fill(path, named ?? {})}${queryOf(query ?? {})}`, {
      method,
      signal,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...given(headers ?? {}),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

/** @returns undefined for what is not asked again */
function retryAfterMs({ headers }: Response, { code }: ProblemError): number | undefined {
  const seconds = headers.get('Retry-After') ?? '';
  return code === 'OVERLOADED' && /^[0-9]{1,5}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

const fill = (path: string, values: Values): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));

const given = (values: Values): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  );

function queryOf(values: Values): string {
  const query = new URLSearchParams(given(values)).toString();
  return query === '' ? '' : `?${query}`;
}
