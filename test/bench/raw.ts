/** Raw Fabric by itself. */
import type { BenchNetwork } from './bench-network.js';
import { networkCpuMs } from './processes.js';
import { RawLoad } from './raw-load.js';
import { perSecond, quantile, spreadOf } from './statistics.js';

export const ROUNDS = 3;
export const RAW_CLIENTS = 200;
export const RAW_TRANSACTIONS = 2_000;
const WARM_UP = 400;

export async function measureRaw({ plan, profileOf }: BenchNetwork): Promise<object> {
  const load = new RawLoad(profileOf('reseller'));
  try {
    await load.run(WARM_UP, RAW_CLIENTS);
    const rates: number[] = [];
    const cpu: number[] = [];
    const latencies: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = networkCpuMs(plan);
      const result = await load.run(RAW_TRANSACTIONS, RAW_CLIENTS);
      rates.push(perSecond(result));
      cpu.push((networkCpuMs(plan) - before) / result.committed);
      latencies.push(...result.latenciesMs);
      console.log(`round ${round}: raw ${perSecond(result).toFixed(0)} tx/s`);
    }
    return {
      rawTxPerSecond: spreadOf(rates),
      rawLatencyMs: latencyFigures(latencies),
      rawCpuMsPerTx: spreadOf(cpu, 2),
      clients: RAW_CLIENTS,
    };
  } finally {
    await load.close();
  }
}

export function latencyFigures(latenciesMs: readonly number[]) {
  const at = (p: number) => Math.round(quantile(latenciesMs, p));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
