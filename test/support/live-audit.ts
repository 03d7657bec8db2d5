/** Markets of a running network recomputed from its blocks: by `npm run audit`, by the Python verifier, and by that over an export with one bit changed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RealNetwork } from './real-network.js';
import { verifyInPython } from './python.js';

/** How each ended. */
export interface LiveVerdict {
  readonly audit: number;
  readonly python: number;
  readonly tampered: number;
}

export async function auditLive({ plan }: RealNetwork, market: string): Promise<LiveVerdict> {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-audit-'));
  try {
    const file = join(directory, 'market.json');
    const audit = await run(plan.directory.summaryFile, ['market', market, '--export', file]);
    const exported = JSON.parse(await readFile(file, 'utf8')) as Exported;
    const python = await verifyInPython(exported);
    const tampered = await verifyInPython(withOneBitChanged(exported));
    return { audit, python: python.code, tampered: tampered.code };
  } finally {
    await rm(directory, { recursive: true });
  }
}

function run(network: string, args: readonly string[]): Promise<number> {
  const command = ['--enable-source-maps', join('dist', 'gateway', 'audit', 'main.js'), ...args];
  const env = { ...process.env, GUICHET_NETWORK: network };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      if (error) console.log(stdout, stderr);
      resolve(child.exitCode ?? -1);
    });
  });
}

interface Exported {
  readonly orders: readonly { readonly sealed: string }[];
}

/** In the first order, whatever it says: the root is over all of them. */
function withOneBitChanged(exported: Exported): Exported {
  const [first, ...others] = exported.orders;
  const sealed = Buffer.from(first!.sealed, 'base64url');
  sealed[sealed.length - 1]! ^= 1;
  return { ...exported, orders: [{ ...first!, sealed: sealed.toString('base64url') }, ...others] };
}
