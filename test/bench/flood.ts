/** A flood of reads from a thread of its own, and what became of them. */
import { Worker } from 'node:worker_threads';
import type { FloodOrder, FloodReport } from './flood-worker.js';

export class Flood {
  readonly #worker: Worker;

  /** Begins at once. */
  constructor(publicUrl: string, order: Omit<FloodOrder, 'host' | 'port'>) {
    const { hostname: host, port } = new URL(publicUrl);
    const workerData: FloodOrder = { host, port: Number(port), ...order };
    this.#worker = new Worker(new URL('flood-worker.js', import.meta.url), { workerData });
  }

  async stop(): Promise<FloodReport> {
    const report = new Promise<FloodReport>((resolve, reject) => {
      this.#worker.once('message', resolve).once('error', reject);
    });
    this.#worker.postMessage('stop');
    try {
      return await report;
    } finally {
      await this.#worker.terminate();
    }
  }
}
