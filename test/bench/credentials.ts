/**
 * What the committee's nodes take, over HTTP on real nodes: enrolments, event credentials and gate checks per second of a node's processor time, against a
 * node on noble in the same run; how long a wallet or a gate waits for its nodes; and how long keys take, (4,3) and (7,5).
 *
 * Per core: requests answered, divided by the CPU seconds of the node's process meanwhile, whatever else the machine does. An event credential is one
 * evaluation and one signature; an enrolment one evaluation and two signatures, for a wallet asks a second time, for its receipt; a gate check one evaluation.
 * Wallets, attestors and gates have done their part before the clock starts (credential-requests.ts), and what goes to the ledger is not in it.
 */
import type { Evaluated } from '../../committee/messages/index.js';
import { withBenchNetwork, type BenchNetwork } from './bench-network.js';
import { bearersOf, evaluationOf, gateChecks, signatureOf, type Bearer } from './credential-requests.js';
import { openScene, startNobleTwin, type CredentialScene } from './credential-scene.js';
import { measureKeyGenerations, sevenNodes } from './key-generations.js';
import { measureLatencies } from './credential-latency.js';
import { loadNode, type NodeRequest, type RunningNode } from './node-load.js';
import { spreadOf, type Spread } from './statistics.js';

const ROUNDS = 5;
const CLIENTS = 8;
/** Enough for a second of the process, at ten milliseconds a tick. */
const COUNTS = { node: { people: 150, checks: 500 }, noble: { people: 30, checks: 100 } } as const;
type Build = keyof typeof COUNTS;

const FIGURES = ['enrolments', 'credentials', 'gateChecks'] as const;
type Figures = Readonly<Record<(typeof FIGURES)[number], number>>;

export async function measureCredentials(): Promise<object> {
  const four = await withBenchNetwork(async (network) => ({
    keys: await measureKeyGenerations(network),
    nodes: await measureNodes(network),
  }));
  const seven = await withBenchNetwork(measureKeyGenerations, { topology: sevenNodes() });
  return { ...four.nodes, keyGenerationSeconds: { '4,3': four.keys, '7,5': seven }, clients: CLIENTS };
}

async function measureNodes(network: BenchNetwork): Promise<object> {
  const scene = await openScene(network);
  const twin = await startNobleTwin(network.plan);
  try {
    const nodes: Readonly<Record<Build, RunningNode>> = { node: scene.measured, noble: twin };
    await runRound(scene, nodes, ['node', 'noble']);
    const rounds: Readonly<Record<Build, Figures>>[] = [];
    for (let number = 1; number <= ROUNDS; number += 1) {
      const round = await runRound(scene, nodes, number % 2 === 0 ? ['node', 'noble'] : ['noble', 'node']);
      rounds.push(round);
      console.log(`round ${number}: ${told(round.node)}; on noble ${told(round.noble)}`);
    }
    return { ...figuresOf(rounds), latencyMs: await measureLatencies(scene) };
  } finally {
    await twin.stop();
  }
}

const told = (figures: Figures): string => FIGURES.map((name) => `${name} ${figures[name].toFixed(0)}/s`).join(', ');

function figuresOf(rounds: readonly Readonly<Record<Build, Figures>>[]) {
  const spreads = (of: (round: Readonly<Record<Build, Figures>>, name: keyof Figures) => number, digits?: number) =>
    Object.fromEntries(
      FIGURES.map((name): [string, Spread] => [
        name,
        spreadOf(
          rounds.map((round) => of(round, name)),
          digits,
        ),
      ]),
    );
  return {
    perSecondAndCore: spreads(({ node }, name) => node[name]),
    nobleOnly: spreads(({ noble }, name) => noble[name]),
    ratio: spreads(({ node, noble }, name) => node[name] / noble[name], 2),
  };
}

type Nodes = Readonly<Record<Build, RunningNode>>;

/** Both builds are asked the same, the slower one less of it. */
async function runRound(scene: CredentialScene, nodes: Nodes, order: readonly Build[]) {
  const checks = gateChecks(COUNTS.node.checks, scene, scene.device);
  const cpuMs = new Map<Build, number>();
  for (const build of order) {
    const { cpuMs: taken } = await loadNode(nodes[build], checks.slice(0, COUNTS[build].checks), CLIENTS);
    cpuMs.set(build, taken);
  }
  const enrolled = await runPeople(scene, nodes, order, { kind: 'master', signatures: 2 });
  const gone = await runPeople(scene, nodes, order, { kind: 'event', signatures: 1 });
  requireSame(gone.statements);
  const figures = (build: Build): Figures => ({
    enrolments: perSecond(COUNTS[build].people, enrolled.cpuMs[build]),
    credentials: perSecond(COUNTS[build].people, gone.cpuMs[build]),
    gateChecks: perSecond(COUNTS[build].checks, cpuMs.get(build) ?? 0),
  });
  return { node: figures('node'), noble: figures('noble') };
}

const perSecond = (count: number, cpuMs: number): number => (1000 * count) / cpuMs;

interface Course {
  readonly kind: Bearer['kind'];
  /** How often each asks for its signature. */
  readonly signatures: number;
}

/** Handles that neither build has seen before, evaluated by it, and what wallets make of the answers signed by it. */
async function runPeople(scene: CredentialScene, nodes: Nodes, order: readonly Build[], { kind, signatures }: Course) {
  const bearers = bearersOf(COUNTS.node.people, kind, scene, scene.attestor);
  const cpuMs: Record<Build, number> = { node: 0, noble: 0 };
  const statements: Record<Build, readonly string[]> = { node: [], noble: [] };
  const load = async <A>(build: Build, requests: readonly NodeRequest[]): Promise<readonly A[]> => {
    const result = await loadNode<A>(nodes[build], requests.slice(0, COUNTS[build].people), CLIENTS);
    cpuMs[build] += result.cpuMs;
    return result.answers;
  };
  // The twin has the measured node's name, so that both are asked the same.
  const evaluations = bearers.map((bearer) => evaluationOf(bearer, scene.measured, scene));
  const answers = [await evaluateAtOthers(scene, bearers)];
  for (const build of order) {
    const own = await load<Evaluated>(build, evaluations);
    if (build === 'node') answers.push(own.map((each) => [each]));
  }
  const toSign = bearers.map((bearer, at) =>
    signatureOf(
      bearer,
      answers.flatMap((of) => of[at] ?? []),
      scene,
    ),
  );
  for (const build of order)
    for (let time = 1; time <= signatures; time += 1)
      statements[build] = (await load<{ readonly statement: string }>(build, toSign)).map(({ statement }) => statement);
  return { cpuMs, statements };
}

/** What the nodes that are not measured answer to each. */
async function evaluateAtOthers(scene: CredentialScene, bearers: readonly Bearer[]) {
  const others = scene.asked.filter((node) => node !== scene.measured);
  const answers: (readonly Evaluated[])[] = [];
  for (const node of others) {
    const evaluations = bearers.map((bearer) => evaluationOf(bearer, node, scene));
    answers.push((await loadNode<Evaluated>(node, evaluations, CLIENTS)).answers);
  }
  return bearers.map((_, at) => answers.flatMap((ofNode) => ofNode[at] ?? []));
}

/** Fast and wrong would not count. */
function requireSame({ node, noble }: Readonly<Record<Build, readonly string[]>>): void {
  const differs = noble.findIndex((statement, at) => credentialIn(statement) !== credentialIn(node[at] ?? ''));
  if (noble.length === 0 || differs >= 0) throw new Error(`the two builds disagree on credential ${differs}`);
}

function credentialIn(statement: string): string {
  const payload = Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString('utf8');
  return (JSON.parse(payload) as { readonly credential: string }).credential;
}
