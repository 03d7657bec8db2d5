/**
 * Posts this node's share of a sealed market's key, by itself and never on anybody's word: once its own peer shows the market frozen, and the root that it
 * works out from the orders there is the one on the ledger; without a peer of its own, once two other organizations' do. Until then nobody may be able to read an order, for whoever could would still send his own.
 */
import { ownerOfKey } from '../../chaincode/domain/committee-keys.js';
import { encodeScalar } from '../../chaincode/crypto/scalar.js';
import { eventKey } from '../../chaincode/domain/keys.js';
import { marketKey, shareKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import type { Clock } from '../clock.js';
import { NodeError } from '../errors.js';
import type { Tended } from '../keys/keeper.js';
import type { Command, Submitted, Submitter } from '../ledger/submitter.js';
import { ownClaims } from '../node/claims.js';
import type { HeldKey, HeldKeys } from '../node/services.js';
import type { SigningKey } from '../storage/signing-key.js';
import { frozenRoot, type LedgerRecords } from './frozen-root.js';
import type { MarketReport } from './report.js';

export interface RevealerOptions {
  readonly channel: string;
  /** The own peer's alone where there is one. Never of before: what is cached could be of another height than the orders. */
  readonly ledger: LedgerRecords;
  readonly keys: HeldKeys;
  readonly submitter: Submitter;
  readonly signer: Pick<SigningKey, 'sign'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly report: MarketReport;
}

/** A market whose time to be revealed has come, and this node's share of its key. */
interface Due {
  readonly name: string;
  readonly event: string;
  readonly record: MarketRecord;
  readonly held: HeldKey;
}

export class Revealer {
  readonly #options: RevealerOptions;
  /** Roots that this node has worked out and found on the ledger, by market: not again for every attempt to post. */
  readonly #checked = new Map<string, string>();

  constructor(options: RevealerOptions) {
    this.#options = options;
  }

  /** @param name of any key; nothing is due but for a market's. @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
  async tend(name: string): Promise<Tended> {
    const due = await this.#due(name);
    if (!due) {
      this.#checked.delete(name);
      return 'settled';
    }
    // Looked at again with everything: another peer than the own one may have been behind.
    if (!(await this.#isTrue(due))) return 'settled';
    const submitted = await this.#options.submitter.submit([this.#revealing(due)]);
    this.#options.report.submitted(name, submitted);
    return afterwards(submitted);
  }

  async #due(name: string): Promise<Due | undefined> {
    const { event, market } = ownerOfKey(name);
    if (event === undefined || market === undefined) return undefined;
    const { ledger } = this.#options;
    const record = await this.#frozen(event, market);
    if (!record) return undefined;
    const held = await this.#held(name);
    if (!held) return undefined;
    const [posted] = await ledger.readAll([shareKey(event, market, held.share.index)]);
    // Another than its own is of a key that was before, and counts for nothing.
    return posted?.share === encodeScalar(held.share.secret) ? undefined : { name, event, record, held };
  }

  /** @returns undefined also where the event is cancelled: its market is only to be aborted, and nobody is to read its orders */
  async #frozen(event: string, market: number): Promise<MarketRecord | undefined> {
    const { ledger } = this.#options;
    const [record] = await ledger.readAll([marketKey(event, market)]);
    if (record?.state !== 'frozen') return undefined;
    const [rules] = await ledger.readAll([eventKey(event)]);
    return rules?.state === 'scheduled' ? record : undefined;
  }

  /** @returns undefined for a node that was away when the key was made */
  async #held(name: string): Promise<HeldKey | undefined> {
    try {
      return await this.#options.keys.of(name);
    } catch (error) {
      if (!(error instanceof NodeError) || error.code !== 'NO_SHARE') throw error;
      return undefined;
    }
  }

  async #isTrue({ name, event, record }: Due): Promise<boolean> {
    const { ledger, report } = this.#options;
    const recorded = record.root ?? '';
    if (this.#checked.get(name) === recorded) return true;
    const computed = await frozenRoot(event, record, ledger);
    if (computed !== recorded) {
      report.rootDiffers(name, { computed, recorded });
      return false;
    }
    this.#checked.set(name, computed);
    return true;
  }

  #revealing({ event, record: { market, root }, held: { share } }: Due): Command {
    const { channel, signer, clock } = this.#options;
    const said = { event, market, index: share.index, share: encodeScalar(share.secret), root };
    return {
      kind: 'market.reveal',
      statement: signer.sign('market-share', { ...ownClaims(channel, clock.now()), ...said }),
    };
  }
}

/** What another peer says that is a block behind or ahead. */
const PASSING = ['MARKET_NOT_FROZEN', 'ALREADY_POSTED'];

/** The ledger is looked at again; at once where others' writes came between. A no that stays one is not asked for every second. */
function afterwards({ code, outcomes }: Submitted): Tended {
  const refusals = outcomes.flatMap((outcome) => (outcome.accepted ? [] : [outcome.code]));
  if (refusals.some((refusal) => !PASSING.includes(refusal))) return 'settled';
  return code === 'VALID' || refusals.length > 0 ? 'open' : 'again';
}
