/** Closed-loop load on committee nodes over HTTP, and the CPU time that a node's process spends on it. */
import { Agent, request } from 'node:http';
import { inParallel } from './in-parallel.js';
import { processCpuMs } from './processes.js';

const ANSWER_MS = 60_000;

/** A running node: where it answers and which process it is. */
export interface RunningNode {
  /** Its name on the ledger. */
  readonly mspId: string;
  readonly node: string;
  readonly url: string;
  readonly pid: number;
}

export interface NodeRequest {
  readonly path: string;
  readonly body: string;
}

export interface NodeLoadResult<A> {
  /** In the order of the requests. */
  readonly answers: readonly A[];
  /** User and system time of the whole process: its garbage collection and its writing to disk too. */
  readonly cpuMs: number;
}

/** @throws {Error} on the first request that is not answered 200 */
export async function loadNode<A>(
  { url, pid }: RunningNode,
  requests: readonly NodeRequest[],
  clients: number,
): Promise<NodeLoadResult<A>> {
  const connections = new Connections(clients);
  try {
    const answers: A[] = [];
    const before = processCpuMs(pid);
    await inParallel([...requests.entries()], clients, async ([at, each]) => {
      answers[at] = await connections.post<A>(url, each);
    });
    return { answers, cpuMs: processCpuMs(pid) - before };
  } finally {
    connections.close();
  }
}

/** Connections that are kept, to any number of nodes. */
export class Connections {
  readonly #agent: Agent;

  constructor(perNode: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: perNode });
  }

  close(): void {
    this.#agent.destroy();
  }

  post<A>(url: string, { path, body }: NodeRequest): Promise<A> {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const call = request(`${url}${path}`, { method: 'POST', agent: this.#agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text) as A);
          else reject(new Error(`POST ${path} was answered ${response.statusCode}: ${text}`));
        });
      });
      call.setTimeout(ANSWER_MS, () => call.destroy(new Error(`POST ${path} was not answered within ${ANSWER_MS} ms`)));
      call.on('error', reject).end(body);
    });
  }
}
