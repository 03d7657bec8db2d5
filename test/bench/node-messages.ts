/** What the committee's nodes have answered and submitted, by their own counters, and what their processes have worked. */
import { ProcessTable, type NetworkPlan } from '../../network/network.js';
import { processCpuMs } from './processes.js';

/** Of one node, by the operation or the result that its counters name. */
interface NodeCounts {
  readonly requests: number;
  readonly commands: number;
  readonly cpuMs: number;
}

const COUNTERS = {
  requests: 'guichet_committee_requests_total',
  commands: 'guichet_committee_commands_total',
} as const;

export async function countsOfNodes(plan: NetworkPlan): Promise<readonly NodeCounts[]> {
  const table = new ProcessTable(plan.directory);
  return Promise.all(
    plan.committeeNodes.map(async ({ name, host, port }) => {
      const record = table.running(name);
      if (!record) throw new Error(`${name} does not run`);
      const text = await (await fetch(`http://${host}:${port}/metrics`)).text();
      const [requests, commands] = [sumOf(text, COUNTERS.requests), sumOf(text, COUNTERS.commands)];
      return { requests, commands, cpuMs: processCpuMs(record.pid) };
    }),
  );
}

/** Of operations only: whoever reads the counters, or looks whether a node lives, is not counted. */
function sumOf(text: string, counter: string): number {
  const lines = text
    .split('\n')
    .filter((line) => line.startsWith(`${counter}{`) && !/operation="(none|health)/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** The most of any node since then. */
export function mostSince(before: readonly NodeCounts[], after: readonly NodeCounts[]): NodeCounts {
  const most = (member: keyof NodeCounts) =>
    Math.max(...after.map((counts, at) => counts[member] - (before[at]?.[member] ?? 0)));
  return { requests: most('requests'), commands: most('commands'), cpuMs: most('cpuMs') };
}
