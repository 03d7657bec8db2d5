/**
 * `npm run bench -- raw`, `npm run bench -- seat-drop` and `npm run bench -- resale`. Each brings a network of its own up, repeats, and ends with one JSON object of all
 * figures. Everything, the load generator too, shares this machine.
 */
import { cpus } from 'node:os';
import { withBenchNetwork } from './bench-network.js';
import { measureRaw } from './raw.js';
import { measureResale } from './resale.js';
import { measureSeatDrop } from './seat-drop.js';

const BENCHMARKS = { raw: measureRaw, 'seat-drop': measureSeatDrop, resale: measureResale } as const;

const [name = '', ...rest] = process.argv.slice(2);
if (!Object.hasOwn(BENCHMARKS, name) || rest.length > 0) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')}`);
  process.exitCode = 1;
} else {
  const figures = await withBenchNetwork(BENCHMARKS[name as keyof typeof BENCHMARKS]);
  console.log(JSON.stringify({ bench: name, cores: cpus().length, node: process.versions.node, ...figures }));
}
