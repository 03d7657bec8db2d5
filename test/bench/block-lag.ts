/**
 * A thread that watches one gateway's read model from outside: from when our peer says that a block is committed until the gateway answers with it.
 * The request itself counts too. It runs beside the load generator, which would keep it waiting.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { OwnBlocks } from '../../gateway/fabric/own-blocks.js';

interface Watched {
  readonly profile: FabricProfile;
  /** Any read of the read model. */
  readonly url: string;
}

const ANSWER_MS = 60_000;
const PAUSE_MS = 5;

export class BlockLag {
  readonly #worker: Worker;

  constructor(watched: Watched) {
    this.#worker = new Worker(new URL(import.meta.url), { workerData: watched });
  }

  /** @returns milliseconds, one for each block since the first */
  async stop(): Promise<readonly number[]> {
    const lags = new Promise<readonly number[]>((resolve, reject) => {
      this.#worker.once('message', resolve).once('error', reject);
    });
    this.#worker.postMessage('stop');
    return lags;
  }
}

if (parentPort && workerData !== null) void watch(workerData as Watched, parentPort);

async function watch({ profile, url }: Watched, port: NonNullable<typeof parentPort>): Promise<void> {
  const endpoints = profile.endpoints.filter(({ mspId }) => mspId === profile.mspId);
  const connection = new Connection({ profile: { ...profile, endpoints }, clock: systemClock });
  const height = await new OwnBlocks({ connection, clock: systemClock }).height();
  const blocks = await connection.current().network.getFilteredBlockEvents({ startBlock: BigInt(height) });
  const lags: Promise<number>[] = [];
  const stopping = new AbortController();
  stopping.signal.addEventListener('abort', () => blocks.close());
  port.once('message', () => stopping.abort());
  try {
    for await (const block of blocks) lags.push(lagOf(`${url}?min-block=${block.getNumber()}`));
  } catch (error) {
    // What was closed says that it was cancelled.
    if (!stopping.signal.aborted) throw error;
  }
  port.postMessage(await Promise.all(lags));
  connection.close();
  port.close();
}

/** Who waits for longer than the gateway does asks again. */
async function lagOf(url: string): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < ANSWER_MS) {
    const response = await fetch(url, { headers: { 'If-None-Match': '*' } });
    await response.arrayBuffer();
    if (response.status === 304) return performance.now() - started;
    if (response.status !== 503) throw new Error(`${url} was answered ${response.status}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`${url} is behind for longer than ${ANSWER_MS} ms`);
}
