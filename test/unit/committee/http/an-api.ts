/** A node's real interface on a real port, over the handlers' scene; and plain requests, for what no well-behaved client sends. */
import { createApp } from '../../../../committee/http/app.js';
import type { Served } from '../../../../committee/http/operation.js';
import { createLogger } from '../../../../committee/logger.js';
import { listen } from '../../../../committee/service/listen.js';
import { Metrics } from '../../../../committee/metrics.js';
import type { NodeStatus } from '../../../../committee/node/status.js';
import { newKey } from '../../../support/statements.js';
import { DUE, NodeScene, OPENING, OWN, type SceneOptions } from '../node/a-scene.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestApi {
  readonly scene: NodeScene;
  readonly url: string;
  /** Lines of the log, at its most talkative. */
  readonly log: string[];
  readonly metrics: Metrics;
  send(sent: Sent): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  close(): Promise<void>;
}

export interface ApiOptions extends SceneOptions {
  /** Ports of the node that answer otherwise. */
  readonly served?: Partial<Served>;
  readonly maxInFlight?: number;
}

export const STATUS: NodeStatus = {
  mspId: OWN,
  node: 'committee0',
  jwk: newKey('node under test').jwk,
  epoch: 1,
  index: 1,
  keys: [{ owner: OPENING.event, generation: 1, epoch: 1, state: 'usable', held: true }],
  ready: () => Promise.resolve(),
};

export async function anApi({ served, maxInFlight, ...options }: ApiOptions = {}): Promise<TestApi> {
  const scene = await NodeScene.open(options);
  const log: string[] = [];
  const logger = createLogger('a node', 'trace', { write: (line: string) => void log.push(line) });
  const metrics = new Metrics();
  const all = { ...scene.services, status: STATUS, ...served };
  const app = createApp({ served: all, metrics, logger, ...(maxInFlight !== undefined && { maxInFlight }) });
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listening.port}`;
  const send = ({ method = 'GET', path, body, headers }: Sent) => ask(`${url}${path}`, { method, body, headers });
  return {
    scene,
    url,
    log,
    metrics,
    send,
    post: (path, body) => send({ method: 'POST', path, body: JSON.stringify(body) }),
    async close() {
      await listening.drain();
      await scene.close();
    },
  };
}

async function ask(url: string, { method, body, headers }: Omit<{ [K in keyof Sent]: Sent[K] | undefined }, 'path'>) {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const response = await fetch(url, {
    method: method!,
    headers: { ...type, ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  const parsed = isJson ? (JSON.parse(text) as Answer['body']) : {};
  return { status: response.status, headers: response.headers, text, body: parsed };
}

/** Every operation with a body, and a body that it takes. */
export const bodiesOf = (scene: NodeScene): Readonly<Record<string, object>> => {
  const { event } = OPENING;
  return {
    '/v1/enrolments/evaluations': scene.personEvaluation(),
    '/v1/enrolments/signatures': scene.request(),
    '/v1/credentials/evaluations': scene.evaluation({ event }),
    '/v1/credentials/signatures': scene.request({ event }),
    '/v1/gate/evaluations': scene.gateCheck(),
    '/v1/markets/closings': DUE,
  };
};
