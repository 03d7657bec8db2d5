/** Sales of which some may fail: each is offered once, and what became of it is written down. */
import { Agent } from 'node:http';
import { inParallel } from './in-parallel.js';
import { postOnce } from './rest-answer.js';
import type { Shop } from './rest-load.js';
import type { Order } from './seat-drop-load.js';
import type { LoadResult } from './statistics.js';

export interface OfferedSales extends LoadResult {
  /** What was answered to each that was not sold. */
  readonly failures: readonly string[];
}

export async function offerSales(shop: Shop, orders: readonly Order[], clients: number): Promise<OfferedSales> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const started = performance.now();
  try {
    const sales = await inParallel(orders, clients, async ({ body, tickets }) => ({
      ...(await offer(agent, shop, body)),
      tickets: tickets.length,
    }));
    const seconds = (performance.now() - started) / 1000;
    const failed = sales.filter(({ failure }) => failure !== undefined);
    return {
      seconds,
      committed: sales.reduce((sum, { failure, tickets }) => sum + (failure === undefined ? tickets : 0), 0),
      latenciesMs: sales.map(({ latencyMs }) => latencyMs),
      failures: failed.map(({ failure }) => failure ?? ''),
    };
  } finally {
    agent.destroy();
  }
}

async function offer(agent: Agent, shop: Shop, body: string): Promise<{ latencyMs: number; failure?: string }> {
  const sent = performance.now();
  try {
    const { status, code, latencyMs } = await postOnce(agent, shop, '/v1/sales', body);
    return status === 201 ? { latencyMs } : { latencyMs, failure: `${status} ${code}` };
  } catch (error) {
    return { latencyMs: performance.now() - sent, failure: String(error) };
  }
}
