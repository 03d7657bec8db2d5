/** A sealed market with orders on the test ledger, and gateways that drive it in virtual time: one commits at a time, each transaction is a block. */
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { marketIdOf } from '../../../../chaincode/domain/ids.js';
import { ClientError } from '../../../../committee/client/index.js';
import { sleep } from '../../../../gateway/fabric/clock.js';
import type { Submitter } from '../../../../gateway/fabric/ledger.js';
import type { Records } from '../../../../gateway/http/ports.js';
import type { Closings } from '../../../../gateway/markets/closings.js';
import { Turns } from '../../../../gateway/markets/turns.js';
import { MarketWorker } from '../../../../gateway/markets/worker.js';
import { timestampOf } from '../../../../gateway/clock.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { booksOf } from '../../../support/market.js';
import { CLOSES, persons, type SealedMarket } from '../../../support/sealed-market.js';
import { CHANNEL, type Command } from '../../../support/statements.js';

export const ORGANIZATIONS = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
const COMMIT_MS = 200;

/** Three who sell, and four who bid: two of them get a ticket, one bids too little, one has a deposit and no order. */
export function withOrders(market: SealedMarket): SealedMarket {
  const sellers = persons(market, 'Ann', 'Abe', 'Ada');
  const bidders = persons(market, 'Ben', 'Bea', 'Bob');
  const [idle] = persons(market, 'Ida');
  sellers.forEach((seller, at) => market.ask(seller, market.ticket(seller, `floor:A:${at + 1}`)));
  bidders.forEach((bidder, at) => market.bid(bidder, at === 2 ? { limitMinor: 2000 } : {}));
  market.take(market.deposit(idle));
  return market;
}

export const escrowOf = ({ scene: { ledger }, event }: SealedMarket): number =>
  booksOf(ledger, event)['escrow:deposits'] ?? 0;

/** The test ledger as a gateway reads it. */
export function recordsOf({ scene: { ledger } }: SealedMarket): Records {
  return {
    read: ((keys: readonly string[]) => Promise.resolve(keys.map((key) => ledger.read(key)))) as Records['read'],
    list({ prefix, after = '', limit }) {
      const found = [...ledger.records()].filter(([key]) => key.startsWith(prefix) && key > after);
      found.sort(([a], [b]) => (a < b ? -1 : 1));
      return Promise.resolve(found.slice(0, limit).map(([key, record]) => ({ key, record })));
    },
    history: () => Promise.resolve([]),
  };
}

/** Nodes whose clocks are right; those named keep silent. */
export function closingsOf(market: SealedMarket, silent: readonly number[] = []): Closings {
  const heard = () => [1, 2, 3, 4].filter((index) => !silent.includes(index)).map((index) => market.closing(index));
  return {
    enough: () =>
      heard().length < 3 ? Promise.reject(new ClientError('NODES_TOO_FEW')) : Promise.resolve(heard().slice(0, 3)),
    all: () => Promise.resolve(heard()),
  };
}

/** What happens to a command on its way: it may be lost, refused, or never answered. */
export type Trouble = (mspId: string, command: Command) => Promise<void> | undefined;

export interface Submitted {
  readonly mspId: string;
  readonly kind: string;
  readonly at: number;
  readonly outcome: 'new' | 'replayed' | 'refused';
}

export interface DrivenOptions {
  readonly silent?: readonly number[];
  readonly trouble?: Trouble;
  readonly startAt?: string;
}

export function driven(market: SealedMarket, { silent, trouble, startAt = CLOSES }: DrivenOptions = {}) {
  const clock = new VirtualClock(Date.parse(startAt));
  const submitted: Submitted[] = [];
  const reported: {
    readonly level: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[] = [];
  const workers = new Map<string, MarketWorker>();
  const { ledger } = market.scene;
  const block = () => {
    for (const worker of workers.values()) worker.follow({ number: 1, transactions: [{ tx: 'tx', code: 'VALID' }] });
  };
  const submitterOf = (mspId: string): Submitter => ({
    async submit(raw) {
      const command = raw as Command;
      await trouble?.(mspId, command);
      await sleep(clock, COMMIT_MS);
      const outcome = ledger.submit(command, { caller: mspId, now: timestampOf(clock.now()) });
      const told = { mspId, kind: command.kind, at: clock.now() };
      if (!outcome.accepted) {
        submitted.push({ ...told, outcome: 'refused' });
        throw new Refusal(outcome.code, outcome.details);
      }
      const { receipt, replayed = false } = outcome;
      submitted.push({ ...told, outcome: replayed ? 'replayed' : 'new' });
      block();
      return { receipt, replayed, block: replayed ? undefined : 1 };
    },
  });
  const start = (mspId: string) => {
    const now = () => clock.now();
    const worker = new MarketWorker({
      ...{ channel: CHANNEL, clock, records: recordsOf(market), submitter: submitterOf(mspId) },
      closings: closingsOf(market, silent),
      turns: new Turns({ own: mspId, organizations: ORGANIZATIONS, now }),
      report: (level, message, details) => void reported.push({ level, message, details }),
    });
    workers.set(mspId, worker);
    worker.start();
    return worker;
  };
  return {
    clock,
    submitted,
    reported,
    workers,
    start,
    block,
    /** Nodes that hold a share do what they do once the market is frozen. */
    postShares: (indexes: readonly number[] = [1, 2, 4]): void => {
      for (const index of indexes)
        ledger.accept(market.share(index), { caller: 'VenueMSP', now: timestampOf(clock.now()) });
      block();
    },
    until: (condition: () => boolean, limitMs = 600_000): Promise<void> => clock.until(condition, limitMs),
    isReleased: (): boolean => ['finished', 'aborted'].includes(market.record.state) && escrowOf(market) === 0,
    close: async (): Promise<void> => {
      const closing = Promise.all([...workers.values()].map((worker) => worker.close()));
      let isClosed = false;
      void closing.then(() => (isClosed = true));
      await clock.until(() => isClosed, 600_000);
    },
    id: marketIdOf(market.event, market.number),
  };
}
