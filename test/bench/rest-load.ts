/** Closed-loop load through the REST interface: so many clients, each with one request in flight on a connection that it keeps. */
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inParallel } from './in-parallel.js';
import type { LoadResult } from './statistics.js';

const ANSWER_MS = 60_000;

/** Where to go: an organization's gateway and its operator's token. */
export interface Shop {
  readonly publicUrl: string;
  readonly token: string;
}

/** @returns one command committed for each body @throws {Error} on the first that is not answered 201 */
export function postAll(shop: Shop, path: string, bodies: readonly string[], clients: number): Promise<LoadResult> {
  return timed(new Agent({ keepAlive: true, maxSockets: clients }), (agent) =>
    inParallel(bodies, clients, (body) => post(agent, shop, path, body)),
  );
}

/** The same as open load: so many a second, whatever becomes of those before. */
export function postSteadily(
  shop: Shop,
  path: string,
  bodies: readonly string[],
  perSecond: number,
): Promise<LoadResult> {
  return timed(new Agent({ keepAlive: true }), (agent) =>
    Promise.all(
      bodies.map(async (body, index) => {
        await sleep((index * 1000) / perSecond);
        return post(agent, shop, path, body);
      }),
    ),
  );
}

async function timed(agent: Agent, load: (agent: Agent) => Promise<readonly number[]>): Promise<LoadResult> {
  const started = performance.now();
  try {
    const latenciesMs = await load(agent);
    return { seconds: (performance.now() - started) / 1000, committed: latenciesMs.length, latenciesMs };
  } finally {
    agent.destroy();
  }
}

/** @returns milliseconds from the request to its receipt, which says that it is committed */
function post(agent: Agent, { publicUrl, token }: Shop, path: string, body: string): Promise<number> {
  const sent = performance.now();
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${publicUrl}${path}`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 201) resolve(performance.now() - sent);
        else reject(new Error(`POST ${path} was answered ${response.statusCode}: ${text}`));
      });
    });
    call.setTimeout(ANSWER_MS, () => call.destroy(new Error(`POST ${path} was not answered within ${ANSWER_MS} ms`)));
    call.on('error', reject).end(body);
  });
}
