/** One delivery: a POST to an address that was checked, with a bounded time and a bounded answer. Redirects are answers like any other that is not 2xx. */
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../fabric/clock.js';
import { TargetRefused, type Address, type Targets } from './targets.js';

const TIMEOUT_MS = 15_000;
/** Of an answer so much is read, so that its connection ends in good order; nobody looks at it. */
const MAX_ANSWER_BYTES = 16 * 1024;

export interface Delivery {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A status, or why there is none. */
export type Answer = { readonly status: number } | { readonly error: string };

export type Post = (delivery: Delivery, signal: AbortSignal) => Promise<Answer>;

export interface PostOptions {
  readonly targets: Targets;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** @returns what posts; it never throws */
export function poster({ targets, clock, timeoutMs = TIMEOUT_MS }: PostOptions): Post {
  return async (delivery, signal) => {
    const over = new AbortController();
    const stopWaiting = clock.after(timeoutMs, () => over.abort('TIMEOUT'));
    const left = () => over.abort('SHUTTING_DOWN');
    signal.addEventListener('abort', left);
    try {
      return await post(delivery, targets, over.signal);
    } catch (error) {
      return { error: over.signal.aborted ? String(over.signal.reason) : faultOf(error) };
    } finally {
      stopWaiting();
      signal.removeEventListener('abort', left);
    }
  };
}

async function post({ url: text, headers, body }: Delivery, targets: Targets, signal: AbortSignal): Promise<Answer> {
  const url = new URL(text);
  const addresses = await unlessAborted(targets.resolve(url), signal);
  const bytes = Buffer.from(body);
  const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(url, {
    method: 'POST',
    // A connection of its own: one that is kept could be to an address that is not the name's any more.
    agent: false,
    lookup: pinnedTo(addresses),
    headers: {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'user-agent': 'guichet',
      ...headers,
    },
    signal,
  });
  const response = await answered(request, bytes);
  await readAway(response, signal);
  return { status: response.statusCode ?? 0 };
}

/** Resolvers have no way to be told to stop. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Error('aborted'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Whatever the name says by now, the connection goes to these. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}

function answered(request: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Not once: what fails after the answer must not end the process.
    request.on('error', reject);
    request.end(body);
  });
}

function readAway(response: IncomingMessage, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) response.destroy();
    });
    // The status counts as soon as it is there; only a time that is over makes it none, whatever the socket calls that.
    const ended = () => (signal.aborted ? reject(new Error('aborted')) : resolve());
    response.once('close', ended);
    response.on('error', ended);
  });
}

const KNOWN = /^[A-Z][A-Z0-9_]{2,60}$/;

/** A name, never a text: texts hold addresses. */
function faultOf(error: unknown): string {
  if (error instanceof TargetRefused) return `TARGET_NOT_ALLOWED_${error.fault}`;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && KNOWN.test(code) ? code : 'FAILED';
}
