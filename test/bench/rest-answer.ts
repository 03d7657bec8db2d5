/** One request, and whatever it is answered: for loads in which refusals are part of the game. */
import { request as httpRequest, type Agent } from 'node:http';
import type { Shop } from './rest-load.js';

const ANSWER_MS = 60_000;

export interface RestAnswer {
  readonly status: number;
  /** Of a problem; empty otherwise. */
  readonly code: string;
  /** Of a receipt; empty otherwise. */
  readonly tx: string;
  readonly latencyMs: number;
}

/** @throws {Error} where there is no answer */
export function postOnce(agent: Agent, shop: Shop, path: string, body: string): Promise<RestAnswer> {
  const sent = performance.now();
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Authorization: `Bearer ${shop.token}`,
  };
  return new Promise((resolve, reject) => {
    const call = httpRequest(`${shop.publicUrl}${path}`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const { code = '', tx = '' } = JSON.parse(text) as { code?: string; tx?: string };
        resolve({ status: response.statusCode ?? 0, code, tx, latencyMs: performance.now() - sent });
      });
    });
    call.setTimeout(ANSWER_MS, () => call.destroy(new Error(`POST ${path} was not answered within ${ANSWER_MS} ms`)));
    call.on('error', reject).end(body);
  });
}
