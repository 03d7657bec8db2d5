/** Listening and leaving: on a signal no new connection is taken, what is under way is finished, and the process ends by itself. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type Koa from 'koa';

const KEEP_ALIVE_MS = 65_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** How often the two above are looked at; Node's own half a minute would make either of them twice as long. */
const CHECK_MS = 1_000;

/** Of an answer that is under way when the door is shut: who does not read it must not hold the process. */
const DRAIN_MS = 30_000;

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Resolves when the last answer is sent, or its time is up. */
  drain(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** For a request with its body, in milliseconds. */
  readonly requestMs?: number;
  readonly checkMs?: number;
  /** For what is under way when it drains. */
  readonly drainMs?: number;
}

export async function listen<S>(app: Koa<S>, options: ListenOptions): Promise<Listening> {
  const { host, port, requestMs = REQUEST_MS, checkMs = CHECK_MS, drainMs = DRAIN_MS } = options;
  const handler = app.callback();
  const silent = new Set<Socket>();
  const server = createServer({ connectionsCheckingInterval: checkMs }, (request, response) => {
    silent.delete(request.socket);
    // A kept connection would hold a draining server open: once its answer is sent, it is closed.
    response.once('close', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    void handler(request, response);
  });
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = Math.min(HEADERS_MS, requestMs);
  server.requestTimeout = requestMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { host, port: (server.address() as AddressInfo).port, drain: () => drain(server, silent, drainMs) };
}

/** @param silent connections that have not asked anything yet: the server does not count them as idle, and would wait for them a minute */
function drain(server: Server, silent: ReadonlySet<Socket>, drainMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close((error) => {
      clearTimeout(deadline);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
