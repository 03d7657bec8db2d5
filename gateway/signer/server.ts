/** The signer's door: HTTP on a unix socket that only its owner may open. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { rm } from 'node:fs/promises';
import { parseWith } from '../../chaincode/domain/parse.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { createKeySchema, encodeResult, signSchema } from './protocol.js';
import type { SigningKeys } from './signing-keys.js';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

export interface SignerServerOptions {
  readonly keys: SigningKeys;
  readonly socket: string;
  /** Called with what is no answer of ours: a defect or a failing disk. */
  readonly onError: (error: unknown) => void;
}

/** Listens until the returned function is called; that one waits for the calls under way. */
export async function serveSigner({ keys, socket, onError }: SignerServerOptions): Promise<() => Promise<void>> {
  await removeStaleSocket(socket);
  const server = createServer((request, response) => {
    void answer(keys, request, response, onError);
  });
  // Clients keep their connections; closing an idle one could meet the next call on its way.
  server.keepAliveTimeout = 0;
  await listenPrivately(server, socket);
  return () =>
    new Promise((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeIdleConnections();
    });
}

/** The socket must never exist with a wider mode, not even for a moment. */
async function listenPrivately(server: Server, socket: string): Promise<void> {
  const before = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socket, resolve);
    });
  } finally {
    process.umask(before);
  }
}

/** A socket that nobody listens on is left from a crash; one that answers belongs to a running signer. */
async function removeStaleSocket(socket: string): Promise<void> {
  const state = await new Promise<'live' | 'stale' | 'absent'>((resolve) => {
    const probe = connect(socket);
    probe.once('connect', () => {
      probe.destroy();
      resolve('live');
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 'absent' : 'stale'));
  });
  if (state === 'live') throw new Error(`another signer is listening on ${socket}`);
  if (state === 'stale') await rm(socket, { force: true });
}

type Route = (keys: SigningKeys, body: unknown) => Promise<unknown>;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /keys': async (keys) => ({ keys: await keys.listKeys() }),
  'POST /keys': (keys, body) => {
    const { use, label } = parseWith(createKeySchema, body, '');
    return keys.createKey(use, label);
  },
  'POST /sign': async (keys, body) => {
    const results = await keys.signAll(parseWith(signSchema, body, '').statements);
    return { statements: results.map(encodeResult) };
  },
};

async function answer(
  keys: SigningKeys,
  request: IncomingMessage,
  response: ServerResponse,
  onError: SignerServerOptions['onError'],
): Promise<void> {
  try {
    const route = ROUTES[`${request.method ?? ''} ${request.url ?? ''}`];
    if (!route) throw new GatewayError('NOT_FOUND');
    send(response, 200, await route(keys, await readBody(request)));
  } catch (error) {
    const known = error instanceof Refusal || error instanceof GatewayError;
    if (!known) onError(error);
    const failure = known ? error : new GatewayError('INTERNAL');
    send(response, known ? 422 : 500, { error: encodeResult(failure) });
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new GatewayError('BODY_TOO_LARGE', { limit: MAX_BODY_BYTES });
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new GatewayError('MALFORMED_BODY', {}, { cause });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}
