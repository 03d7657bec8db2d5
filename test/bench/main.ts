/**
 * `npm run bench -- start`, `raw`, `seat-drop`, `ledger-drop [tickets]`, `multi-key`, `one-sale`, `resale`, `read-model`, `hot-event`, `gateway-flood`, `credentials` or `sealed-market [orders…]`. Each brings networks of its own
 * up, repeats, and ends with one JSON object of all figures.
 * Everything, the load generator too, shares this machine.
 */
import { cpus } from 'node:os';
import { Interrupted, withBenchNetwork, type BenchNetwork } from './bench-network.js';
import { measureCredentials } from './credentials.js';
import { measureGatewayFlood } from './gateway-flood.js';
import { measureHotEvent } from './hot-event.js';
import { measureLedgerDrop } from './ledger-drop.js';
import { measureMultiKey } from './multi-key.js';
import { measureOneSale } from './one-sale.js';
import { measureRaw } from './raw.js';
import { measureReadModel } from './read-model.js';
import { measureResale } from './resale.js';
import { measureSealedMarkets, sizesIn } from './sealed-market.js';
import { measureSeatDrop } from './seat-drop.js';
import { measureStart } from './start.js';

const againstRaw = (measure: (network: BenchNetwork) => Promise<object>) => () =>
  withBenchNetwork(measure, { raw: true });

type Benchmark = (...rest: readonly (string | undefined)[]) => Promise<object>;

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  start: measureStart,
  raw: againstRaw(measureRaw),
  'seat-drop': againstRaw(measureSeatDrop),
  'ledger-drop': (tickets) =>
    withBenchNetwork((network) => measureLedgerDrop(network, Number(tickets ?? 0)), { raw: true, isBare: true }),
  'multi-key': () => withBenchNetwork(measureMultiKey),
  'one-sale': againstRaw(measureOneSale),
  resale: againstRaw(measureResale),
  'read-model': () => withBenchNetwork(measureReadModel),
  'hot-event': againstRaw(measureHotEvent),
  'gateway-flood': againstRaw(measureGatewayFlood),
  credentials: measureCredentials,
  'sealed-market': (...sizes) => measureSealedMarkets(sizesIn(sizes.map(String))),
};
/** What may follow a name: numbers of orders, as many as a market may have; tickets to be sold before the last rounds. */
const ARGUMENTS: Readonly<Record<string, RegExp>> = {
  'ledger-drop': /^[1-9]\d{3,6}$/,
  'sealed-market': /^[1-9]\d{1,3}$|^1\d{4}$|^20000$/,
};

const [name = '', ...rest] = process.argv.slice(2);
const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!benchmark || !rest.every((argument) => ARGUMENTS[name]?.test(argument))) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join(' | ')} [orders… or tickets]`);
  process.exitCode = 1;
} else {
  try {
    const figures = await benchmark(...rest);
    console.log(JSON.stringify({ bench: name, cores: cpus().length, node: process.versions.node, ...figures }));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    console.error(error.message);
    // What was being measured would go on.
    process.exit(130);
  }
}
