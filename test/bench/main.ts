/**
 * `npm run bench -- raw`, `seat-drop`, `resale` or `credentials`. Each brings networks of its own up, repeats, and ends with one JSON object of all figures.
 * Everything, the load generator too, shares this machine.
 */
import { cpus } from 'node:os';
import { withBenchNetwork, type BenchNetwork } from './bench-network.js';
import { measureCredentials } from './credentials.js';
import { measureRaw } from './raw.js';
import { measureResale } from './resale.js';
import { measureSeatDrop } from './seat-drop.js';

const againstRaw = (measure: (network: BenchNetwork) => Promise<object>) => () =>
  withBenchNetwork(measure, { raw: true });

const BENCHMARKS = {
  raw: againstRaw(measureRaw),
  'seat-drop': againstRaw(measureSeatDrop),
  resale: againstRaw(measureResale),
  credentials: measureCredentials,
} as const;

const [name = '', ...rest] = process.argv.slice(2);
if (!Object.hasOwn(BENCHMARKS, name) || rest.length > 0) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`);
  process.exitCode = 1;
} else {
  const figures = await BENCHMARKS[name as keyof typeof BENCHMARKS]();
  console.log(JSON.stringify({ bench: name, cores: cpus().length, node: process.versions.node, ...figures }));
}
