/** The independent verifier, run by a Python that has its one package. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Book } from '../../chaincode/domain/market/clearing/book.js';

const execute = promisify(execFile);
const PYTHONS = ['python3', '/usr/bin/python3'];
const VERIFIER = join('gateway', 'audit', 'verify_market.py');

let found: Promise<string> | undefined;

/** @throws {Error} if none has the package: a test that needs it never passes without it */
function python(): Promise<string> {
  found ??= (async () => {
    for (const each of PYTHONS) {
      const installed = await execute(each, ['-c', 'import cryptography']).then(
        () => true,
        () => false,
      );
      if (installed) return each;
    }
    throw new Error(`none of ${PYTHONS.join(', ')} has the package cryptography`);
  })();
  return found;
}

export interface Verdict {
  readonly code: number;
  readonly stdout: string;
}

async function runVerifier(argument: string, input = ''): Promise<Verdict> {
  const child = spawn(await python(), [VERIFIER, argument], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(input);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, stdout: Buffer.concat(chunks).toString('utf8') };
}

/** What the verifier says of an export. */
export async function verifyInPython(exported: unknown): Promise<Verdict> {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-export-'));
  try {
    const file = join(directory, 'market.json');
    await writeFile(file, JSON.stringify(exported));
    return await runVerifier(file);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** All in hexadecimal. */
interface Message {
  readonly info: string;
  readonly aad: string;
}
export interface Exchange {
  readonly open?: readonly (Message & { readonly secret: string; readonly enc: string; readonly ciphertext: string })[];
  readonly seal?: readonly (Message & {
    readonly recipient: string;
    readonly ephemeral: string;
    readonly plaintext: string;
  })[];
}
export interface Exchanged {
  /** Null where one does not open. */
  readonly opened: readonly (string | null)[];
  readonly sealed: readonly { readonly enc: string; readonly ciphertext: string }[];
}

/** Its own clearing at one price, on books as tests have them. */
export async function uniformInPython(books: readonly Book[], feeMinor: number): Promise<unknown> {
  const { code, stdout } = await runVerifier(
    'uniform',
    JSON.stringify(books.map((book) => ({ ...plain(book), feeMinor }))),
  );
  if (code !== 0) throw new Error(`the verifier ended with ${code}`);
  return JSON.parse(stdout) as unknown;
}

const plain = ({ bids, asks, people }: Book) => ({
  bids: bids.map(({ id, bidder, prio, allOrNothing, ...bid }) => ({
    credential: bidder,
    bid: { ...bid, name: id.slice(bidder.length + 1), reseller: '', ...(allOrNothing && { allOrNothing }) },
  })),
  asks: asks.map(({ ticket, seller, priceClass, askMinor, capMinor }) => ({
    credential: seller,
    ask: { ticket, askMinor, issue: 1, reseller: '' },
    offered: { allotment: '', priceClass, capMinor, room: null },
  })),
  people: Object.fromEntries([...people].map(([person, { left, depositMinor }]) => [person, [left, depositMinor]])),
  draws: Object.fromEntries([
    ...bids.map(({ bidder, prio }) => [bidder, prio] as const),
    ...asks.map(({ ticket, prio }) => [ticket, prio] as const),
  ]),
});

/** Its own HPKE. */
export async function hpkeInPython(exchange: Exchange): Promise<Exchanged> {
  const { code, stdout } = await runVerifier('hpke', JSON.stringify(exchange));
  if (code !== 0) throw new Error(`the verifier ended with ${code}`);
  return JSON.parse(stdout) as Exchanged;
}
