/** Where the networks of tests and benchmarks live: each in a folder of its own in the data directory, on ports of its own above the network's. */
import { join } from 'node:path';
import { findProjectRoot } from '../../network/data-directory.js';

/** Offsets from GUICHET_PORT_BASE: two projects on one machine that take different bases never meet. */
const OFFSETS = {
  'test-network': 10_000,
  'test-network-raft': 12_000,
  test: 14_000,
  e2e: 16_000,
  join: 18_000,
  bench: 20_000,
  committee: 22_000,
  fuzz: 24_000,
  markets: 8_000,
} as const;

export interface NetworkPlace {
  readonly dataDir: string;
  readonly portBase: number;
}

/** Of the network that a suite has in common; suites that run beside each other have one each. */
export const placeOfSuite = (): NetworkPlace =>
  placeOf(process.env.GUICHET_TEST_SUITE === 'markets' ? 'markets' : 'test');

export function placeOf(name: keyof typeof OFFSETS): NetworkPlace {
  const { GUICHET_DATA = join(findProjectRoot(), '.guichet'), GUICHET_PORT_BASE = '7000' } = process.env;
  return { dataDir: join(GUICHET_DATA, name), portBase: Number(GUICHET_PORT_BASE) + OFFSETS[name] };
}
