/**
 * How long a wallet or a gate waits for its nodes: from the first request to the last answer that it needs. Nodes are asked at once. For a credential that is
 * one round of evaluations and one of signatures; what the wallet works out between them is not in it. A gate goes on with the third of four answers.
 */
import type { Evaluated } from '../../committee/messages/index.js';
import { bearersOf, evaluationOf, gateChecks, signatureOf, type Bearer } from './credential-requests.js';
import type { CredentialScene } from './credential-scene.js';
import { inParallel } from './in-parallel.js';
import { Connections, type NodeRequest, type RunningNode } from './node-load.js';
import { quantile } from './statistics.js';

const PEOPLE = 120;
const CHECKS = 300;
const THRESHOLD = 3;
/** How many wait at a time: nobody else, and as many as there are nodes. */
const AT_ONCE = { alone: 1, fourAtOnce: 4 } as const;

export async function measureLatencies(scene: CredentialScene): Promise<object> {
  const connections = new Connections(AT_ONCE.fourAtOnce);
  try {
    const figures: Record<string, object> = {};
    for (const [name, clients] of Object.entries(AT_ONCE)) {
      const waiting = { connections, scene, clients };
      figures[name] = {
        enrolment: await people(waiting, 'master'),
        credential: await people(waiting, 'event'),
        gateCheck: await gate(waiting),
      };
    }
    return figures;
  } finally {
    connections.close();
  }
}

interface Waiting {
  readonly connections: Connections;
  readonly scene: CredentialScene;
  readonly clients: number;
}

async function gate({ connections, scene, clients }: Waiting) {
  const waits = await inParallel(gateChecks(CHECKS, scene, scene.device), clients, (check) =>
    timed(() => firstOf(THRESHOLD, scene.all, (node) => connections.post(node.url, check))),
  );
  return quantilesOf(waits.map(({ ms }) => ms));
}

async function people({ connections, scene, clients }: Waiting, kind: Bearer['kind']) {
  const bearers = bearersOf(PEOPLE, kind, scene, scene.attestor);
  const waits = await inParallel(bearers, clients, async (bearer) => {
    const askAll = (requestTo: (node: RunningNode) => NodeRequest) =>
      timed(() => firstOf(THRESHOLD, scene.asked, (node) => connections.post<Evaluated>(node.url, requestTo(node))));
    const evaluations = new Map(scene.asked.map((node) => [node, evaluationOf(bearer, node, scene)]));
    const evaluated = await askAll((node) => evaluations.get(node) ?? evaluationOf(bearer, node, scene));
    const signature = signatureOf(bearer, evaluated.result, scene);
    const signed = await askAll(() => signature);
    return evaluated.ms + signed.ms;
  });
  return quantilesOf(waits);
}

async function timed<R>(work: () => Promise<R>): Promise<{ readonly result: R; readonly ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}

/** The first answers of so many nodes; nobody waits for the others'. */
async function firstOf<A>(
  needed: number,
  nodes: readonly RunningNode[],
  ask: (node: RunningNode) => Promise<A>,
): Promise<readonly A[]> {
  const answers: A[] = [];
  return new Promise((resolve, reject) => {
    for (const node of nodes)
      void ask(node).then((answer) => {
        answers.push(answer);
        if (answers.length === needed) resolve([...answers]);
      }, reject);
  });
}

const quantilesOf = (waitsMs: readonly number[]) => ({
  p50: Number(quantile(waitsMs, 0.5).toFixed(1)),
  p99: Number(quantile(waitsMs, 0.99).toFixed(1)),
});
