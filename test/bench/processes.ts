/** CPU time and ledger size of a running network, read from outside it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessTable, type NetworkPlan } from '../../network/network.js';

/** Kernel clock ticks per second: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU milliseconds, user and system, of everything that the network runs; the load generator is not in it. */
export function networkCpuMs(plan: NetworkPlan): number {
  const table = new ProcessTable(plan.directory);
  const ticks = table.names().reduce((sum, name) => {
    const record = table.running(name);
    return record ? sum + ticksOf(record.pid) : sum;
  }, 0);
  return msOf(ticks);
}

/** The same by what runs: `peer`, `orderer`, `chaincode`, `gateway` and so on, all organizations' together. */
export function cpuMsByProgram(plan: NetworkPlan): Readonly<Record<string, number>> {
  const table = new ProcessTable(plan.directory);
  const sums: Record<string, number> = {};
  for (const name of table.names()) {
    const record = table.running(name);
    const [program = name] = /^[a-z]+/.exec(name) ?? [];
    if (record) sums[program] = (sums[program] ?? 0) + processCpuMs(record.pid);
  }
  return sums;
}

/** CPU milliseconds, user and system, of one process with all its threads. */
export const processCpuMs = (pid: number): number => msOf(ticksOf(pid));

const msOf = (ticks: number): number => (ticks * 1000) / TICKS_PER_SECOND;

/** proc_pid_stat(5): utime and stime are fields 14 and 15; the second field may contain spaces and ends with the last parenthesis. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Bytes of one peer's block files. */
export function ledgerBytes(plan: NetworkPlan): number {
  const directory = join(
    plan.directory.root,
    'nodes',
    plan.peers[0]?.name ?? '',
    'production/ledgersData/chains/chains',
    plan.topology.channel,
  );
  const files = readdirSync(directory).filter((file) => file.startsWith('blockfile_'));
  return files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}
