/** Chains in memory for the tests of statements: blocks of transactions that write what the chaincode would, and some that it never would. */
import { Readable } from 'node:stream';
import type { Entry } from '../../../../chaincode/domain/money.js';
import { encodeRecord } from '../../../../chaincode/ledger/codec.js';
import type { EndorsementPolicy } from '../../../../gateway/fabric/endorsement-policy.js';
import type { LedgerBlock, LedgerBlocks, LedgerTransaction } from '../../../../gateway/statements/ledger-blocks.js';

export const [ORGANIZER, RESELLER, VENUE] = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'] as const;
export const EVENT = 'OrganizerMSP:night';
export const NOON_MS = Date.parse('2027-03-01T12:00:00Z');
export const POLICY: EndorsementPolicy = { needed: 2, organizations: [ORGANIZER, RESELLER, VENUE] };

type Entries = readonly Entry[];

export interface TransactionOptions {
  readonly atMs?: number;
  readonly submitter?: string;
  readonly endorsers?: readonly string[];
  /** Of each command that is accepted; an empty list for one without money. */
  readonly commands?: readonly Entries[];
  /** Commands that are answered with their first receipt. */
  readonly replayed?: number;
  readonly event?: string;
  readonly policy?: EndorsementPolicy;
  /** Beyond what the commands write. */
  readonly writes?: Readonly<Record<string, unknown>>;
}

let transactions = 0;

export function aTransaction(options: TransactionOptions = {}): Omit<LedgerTransaction, 'index'> {
  const { atMs = NOON_MS, submitter = RESELLER, endorsers = [RESELLER, VENUE], commands = [[]], policy } = options;
  const { event = EVENT, writes = {} } = options;
  const tx = `tx-${++transactions}`;
  const ids = commands.map((_, index) => `${submitter}/payment-${tx}-${index}`);
  const memories = ids.map((id) => `${event}/r/${id}`);
  const money = commands.flatMap((entries, index) => (entries.length > 0 ? [[ids[index], ...entries]] : []));
  const records: Record<string, unknown> = {
    ...Object.fromEntries(memories.map((memory) => [memory, { digest: 'digest', tx }])),
    ...(money.length > 0 && { [`${event}/m/${tx}`]: money }),
    ...writes,
  };
  return {
    tx,
    timestampMs: atMs,
    submitter,
    endorsers,
    writes: Object.entries(records).map(([key, record]) => ({ key, value: encodeRecord(record) })),
    event: memories.length > 0 ? JSON.stringify(memories.map((memory) => ['ticket.sell', event, memory])) : undefined,
    ...(policy && { policy }),
  };
}

/** The definition, and an event that sells for euros. */
export const genesis = (atMs = NOON_MS - 1_000): readonly Omit<LedgerTransaction, 'index'>[] => [
  aTransaction({ commands: [], policy: POLICY }),
  aTransaction({
    atMs,
    submitter: ORGANIZER,
    endorsers: [ORGANIZER, VENUE],
    writes: { [`${EVENT}/e`]: { currency: 'EUR' } },
  }),
];

/** A seller took 22.00 and owes 20.00 of them to the organizer. */
export const aSaleOf = (seller: string = RESELLER): Entries => [
  [seller, -2200, 'collected'],
  [ORGANIZER, 2000, 'face'],
  [seller, 200, 'fee'],
];

export class MemoryChain implements LedgerBlocks {
  readonly blocks: LedgerBlock[] = [];
  /** Numbers of the blocks that were read, in their order. */
  readonly reads: number[] = [];
  /** Thrown by the next reading. */
  failNext: Error | undefined;

  constructor(...blocks: readonly (readonly Omit<LedgerTransaction, 'index'>[])[]) {
    for (const block of blocks) this.add(block);
  }

  add(block: readonly Omit<LedgerTransaction, 'index'>[]): void {
    const transactions = block.map((each, index) => ({ ...each, index }));
    this.blocks.push({ number: this.blocks.length, transactions });
  }

  height = (): Promise<number> => Promise.resolve(this.blocks.length);

  async *read(from: number, to: number): AsyncGenerator<LedgerBlock> {
    for await (const block of Readable.from(this.blocks.slice(from, to)) as AsyncIterable<LedgerBlock>) {
      const failure = this.failNext;
      this.failNext = undefined;
      if (failure) throw failure;
      this.reads.push(block.number);
      yield block;
    }
  }
}
