/**
 * Keeps what tests send and get as the document's examples (`npm run api -- examples` runs the interface's suites with it): for each operation the shortest
 * success of each status with its request, and the two shortest problems of different codes.
 */
import { writeFileSync } from 'node:fs';
import { OPERATIONS } from '../../gateway/http/operations/index.js';
import type { Examples } from '../../gateway/contract/examples.js';

const MAX_CHARS = 16_000;
const MAX_PROBLEMS = 2;

interface Exchange {
  readonly operation: string;
  readonly status: number;
  readonly code: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly chars: number;
}

const exchanges = new Map<string, Exchange>();
const patterns = OPERATIONS.map(({ id, method, path }) => ({
  ...{ id, method, literal: path.length - path.replaceAll(/\{\w+\}/g, '').length },
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
})).sort((a, b) => a.literal - b.literal);

const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const response = await real(input, init);
  if (typeof input === 'string') await keep(input, init, response.clone());
  return response;
};

/** A key that opened a test's gateway looks like one that opens somebody's. */
const withoutSecrets = (text: string) =>
  text
    .replaceAll(/(gk_[0-9a-f]{16})_[0-9a-f]{64}/g, `$1_${'0'.repeat(64)}`)
    // A code that is shown as a picture, too, and the picture is long.
    .replaceAll(/"qr":"(?:[^"\\]|\\.)*"/g, '"qr":"<svg/>"')
    .replaceAll(/whsec_([A-Za-z0-9+/]+)/g, (_, secret: string) => `whsec_${'A'.repeat(secret.length)}`);

async function keep(url: string, init: RequestInit | undefined, response: Response): Promise<void> {
  const { pathname } = new URL(url);
  const found = patterns.find(({ method, pattern }) => method === (init?.method ?? 'GET') && pattern.test(pathname));
  // Servers that tests put in a gateway's place give their answers no id.
  if (!found || !response.headers.has('x-request-id')) return;
  if (!(response.headers.get('content-type') ?? '').includes('json')) return;
  const [sent, text] = [typeof init?.body === 'string' ? init.body : '', withoutSecrets(await response.text())];
  const chars = sent.length + text.length;
  const body = JSON.parse(text) as { readonly code?: unknown };
  const code = response.ok ? '' : String(body.code);
  const key = `${found.id} ${response.status} ${code}`;
  if (chars > MAX_CHARS || (exchanges.get(key)?.chars ?? Infinity) <= chars) return;
  const request = response.ok && sent !== '' && sent !== '{}' ? (JSON.parse(sent) as unknown) : undefined;
  exchanges.set(key, { operation: found.id, status: response.status, code, request, response: body, chars });
}

function examplesOf(operation: string): Examples[string] {
  const own = [...exchanges.values()].filter((each) => each.operation === operation).sort((a, b) => a.chars - b.chars);
  const successes = own.filter(({ code }) => code === '');
  const request = successes.find((each) => each.request !== undefined)?.request;
  const problems = own.filter(({ code }) => code !== '' && code !== 'INTERNAL').slice(0, MAX_PROBLEMS);
  return {
    ...(request !== undefined && { request }),
    answers: Object.fromEntries(successes.map(({ status, response }) => [status, response])),
    problems: Object.fromEntries(problems.map(({ code, response }) => [code, response])),
  };
}

export const mochaHooks = {
  afterAll() {
    const ids = OPERATIONS.map(({ id }) => id).filter((id) => id !== 'getOpenApi');
    const examples: Examples = Object.fromEntries(ids.map((id) => [id, examplesOf(id)]));
    writeFileSync('gateway/contract/examples.json', `${JSON.stringify(examples, null, 1)}\n`);
  },
};
