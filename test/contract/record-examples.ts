/**
 * Keeps what tests send and get as the document's examples (`npm run api -- examples` runs the interface's suites with it): for each operation the shortest
 * success of each status with its request, one with a body where a test sent one, and the two shortest problems of different codes. What a caller is told who
 * does not wait (202) is the same of every command but its name: where no test asked for it, it is what the command's own answer would have been then.
 */
import { writeFileSync } from 'node:fs';
import { prepareCommand } from '../../chaincode/domain/batch.js';
import { pathOf } from '../../gateway/http/command-states.js';
import { OPERATIONS } from '../../gateway/http/operations/index.js';
import type { Examples } from '../../gateway/contract/examples.js';
import { MemoryNetwork } from '../unit/gateway/http/memory-network.js';

const MAX_CHARS = 16_000;
const MAX_PROBLEMS = 2;
const ACCEPTED = 202;

interface Exchange {
  readonly operation: string;
  readonly status: number;
  readonly code: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly chars: number;
}

const exchanges = new Map<string, Exchange>();
const patterns = OPERATIONS.map(({ id, method, path, submits }) => ({
  ...{ id, method, submits, literal: path.length - path.replaceAll(/\{\w+\}/g, '').length },
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
})).sort((a, b) => a.literal - b.literal);

/** Names of the commands that were committed, in their order. */
const committed: string[] = [];
const submitterOf = Object.getOwnPropertyDescriptor(MemoryNetwork.prototype, 'submitterOf')
  ?.value as MemoryNetwork['submitterOf'];
MemoryNetwork.prototype.submitterOf = function (mspId) {
  const submitter = submitterOf.call(this, mspId);
  return {
    async submit(command) {
      const outcome = await submitter.submit(command);
      committed.push(pathOf(prepareCommand(command, mspId).memory));
      return outcome;
    },
  };
};

const real = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const before = committed.length;
  const response = await real(input, init);
  if (typeof input === 'string') await keep(input, init, response.clone(), committed.slice(before));
  return response;
};

/** A key that opened a test's gateway looks like one that opens somebody's. */
const withoutSecrets = (text: string) =>
  text
    .replaceAll(/(gk_[0-9a-f]{16})_[0-9a-f]{64}/g, `$1_${'0'.repeat(64)}`)
    // A code that is shown as a picture, too, and the picture is long.
    .replaceAll(/"qr":"(?:[^"\\]|\\.)*"/g, '"qr":"<svg/>"')
    .replaceAll(/whsec_([A-Za-z0-9+/]+)/g, (_, secret: string) => `whsec_${'A'.repeat(secret.length)}`);

/** @param commands committed meanwhile: those of others too, where a test asks for several things at once */
async function keep(
  url: string,
  init: RequestInit | undefined,
  response: Response,
  commands: readonly string[],
): Promise<void> {
  const { pathname } = new URL(url);
  const found = patterns.find(({ method, pattern }) => method === (init?.method ?? 'GET') && pattern.test(pathname));
  // Servers that tests put in a gateway's place give their answers no id.
  if (!found || !response.headers.has('x-request-id')) return;
  if (!(response.headers.get('content-type') ?? '').includes('json')) return;
  const [sent, text] = [typeof init?.body === 'string' ? init.body : '', withoutSecrets(await response.text())];
  const chars = sent.length + text.length;
  const body = JSON.parse(text) as { readonly code?: unknown };
  const code = response.ok ? '' : String(body.code);
  const isFull = sent !== '' && sent !== '{}';
  const request = response.ok && isFull ? (JSON.parse(sent) as unknown) : undefined;
  const exchange = { operation: found.id, code, request, chars: isFull || !response.ok ? chars : chars + MAX_CHARS };
  if (chars > MAX_CHARS) return;
  note({ ...exchange, status: response.status, response: body });
  const [command] = commands;
  if (found.submits && response.ok && response.status !== ACCEPTED && commands.length === 1)
    note({ ...exchange, status: ACCEPTED, response: { command, state: 'pending' }, chars: exchange.chars + MAX_CHARS });
}

function note(exchange: Exchange): void {
  const key = `${exchange.operation} ${exchange.status} ${exchange.code}`;
  if ((exchanges.get(key)?.chars ?? Infinity) > exchange.chars) exchanges.set(key, exchange);
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
