/**
 * The account of all deposits of an event, by market, out of every transaction's entries: nothing may be taken out of it but by a command of the market whose
 * money it is, and at the end there is as much in it as the deposits say.
 */
import { entriesKey } from '../../chaincode/domain/keys.js';
import { depositPrefix, latestMarketKey } from '../../chaincode/domain/market/keys.js';
import type { DepositRecord } from '../../chaincode/domain/market/records.js';
import { ESCROWED_DEPOSITS } from '../../chaincode/domain/money.js';
import type { EntriesRecord } from '../../chaincode/domain/records.js';
import type { Prepared } from '../../chaincode/domain/rule.js';
import { decodeRecord } from '../../chaincode/ledger/codec.js';
import { agree, differ } from './difference.js';
import type { Replay } from './replay.js';
import { nameOf, type Taken } from './taken.js';
import type { AuditedTransaction } from './transactions.js';

export class Escrow {
  readonly #event: string;
  readonly #byMarket = new Map<number, bigint>();

  constructor(event: string) {
    this.#event = event;
  }

  /** @param taken the transaction's commands. @throws {Difference} for entries of another transaction, or of no command */
  book({ writes, tx }: AuditedTransaction, taken: readonly Taken[]): void {
    const own = entriesKey(this.#event, tx);
    for (const { key, value } of writes) {
      if (!key.startsWith(entriesKey(this.#event, ''))) continue;
      const lines = decodeRecord(value) as EntriesRecord | undefined;
      if (key !== own || !lines) return differ(key, 'entries of its own transaction only', lines);
      const markets = new Map(taken.map(({ prepared }) => [nameOf(this.#event, prepared), this.#marketOf(prepared)]));
      for (const line of lines) this.#add(key, line, markets);
    }
  }

  /** @param replay at the end. @throws {Difference} unless each market has in it what its deposits say */
  requireHeld(replay: Replay): void {
    for (const [market, minor] of this.#byMarket) {
      const deposits = replay.below<DepositRecord>(depositPrefix(this.#event, market));
      const held = [...deposits.values()].reduce((sum, { heldMinor }) => sum + BigInt(heldMinor), 0n);
      agree(minor === held, `${ESCROWED_DEPOSITS} of m${market}`, String(held), String(minor));
    }
  }

  #add(key: string, [name, ...entries]: EntriesRecord[number], markets: ReadonlyMap<string, number | undefined>): void {
    const ours = entries.filter(([account]) => account === ESCROWED_DEPOSITS);
    if (ours.length === 0) return;
    const market = markets.get(name) ?? differ(key, `no ${ESCROWED_DEPOSITS} but by a market's command`, name);
    const minor = ours.reduce((sum, [, each]) => sum + BigInt(each), this.#byMarket.get(market) ?? 0n);
    agree(minor >= 0n, key, `at least 0 in ${ESCROWED_DEPOSITS} of m${market}`, String(minor));
    this.#byMarket.set(market, minor);
  }

  #marketOf({ kind, writes }: Prepared): number | undefined {
    const prefix = `${latestMarketKey(this.#event)}/`;
    const key = kind.startsWith('market.') ? writes.find((each) => each.startsWith(prefix)) : undefined;
    return key === undefined ? undefined : Number(key.slice(prefix.length).split('/')[0]);
  }
}
