/** The end: finished, settled or overtaken by the doors; or aborted, with the nodes that were waited for. */
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { sharedKeyKey } from '../../../chaincode/domain/committee-keys.js';
import type { UsableKey } from '../../../chaincode/domain/committee-records.js';
import { signersOf } from '../../../chaincode/domain/credentials/node-statements.js';
import { marketIdOf } from '../../../chaincode/domain/ids.js';
import { gateKey } from '../../../chaincode/domain/keys.js';
import { returnAllotments } from '../../../chaincode/domain/market/allotments.js';
import { marketKey, settledPageKey, shareKey } from '../../../chaincode/domain/market/keys.js';
import { endMarket } from '../../../chaincode/domain/market/latest.js';
import type { MarketRecord } from '../../../chaincode/domain/market/records.js';
import { codeOr } from '../../../chaincode/domain/market/decode-page.js';
import { countedShares } from '../../../chaincode/domain/market/shares.js';
import { NAMED_AFTER_SECONDS } from '../../../chaincode/domain/market/silent-nodes.js';
import { requireTradable } from '../../../chaincode/domain/market/terms.js';
import { Refusal } from '../../../chaincode/domain/refusal.js';
import { addSeconds } from '../../../chaincode/domain/time.js';
import { agree } from '../difference.js';
import { closings } from './close.js';
import { eventOf, marketIn, type Recompute, type Stepping } from './step.js';

export const finish: Recompute = (stepping) => {
  const { state, event, market } = stepping;
  const before = marketIn(stepping, 'cleared', 'revealed');
  const overtaken = (state.get(gateKey(event, 'doors'))?.state ?? 'pending') !== 'pending';
  const key = marketKey(event, market);
  agree(overtaken || before.state === 'cleared', key, 'cleared, or overtaken by the doors', before.state);
  for (let page = 0; page < (before.result?.pages ?? 0) && !overtaken; page += 1) {
    const settled = settledPageKey(event, market, page);
    agree(state.get(settled) !== undefined, settled, 'a settled page', 'none');
  }
  keepEnd(stepping, before);
  return end(stepping, { ...before, state: 'finished' });
};

interface AbortCommand {
  readonly statements?: readonly string[];
}

export const abort: Recompute<AbortCommand> = (stepping, { statements }) => {
  const { state, event, market, context } = stepping;
  const { state: standing } = eventOf(stepping);
  const cancelled = standing === 'cancelled';
  const late = cancelled ? (['revealed', 'cleared'] as const) : [];
  const before = marketIn(stepping, 'open', 'closed', 'frozen', ...late);
  const due = cancelled || context.now >= before.abortableAt;
  agree(due, marketKey(event, market), `not before ${before.abortableAt}`, context.now);
  const key = state.get(sharedKeyKey(marketIdOf(event, market)))?.key;
  const silent = cancelled || !key ? [] : silentNodes(stepping, before, key, statements);
  keepAbort(stepping, before, key, statements);
  return end(stepping, { ...before, state: 'aborted', silent });
};

function silentNodes(
  stepping: Stepping,
  before: MarketRecord,
  key: UsableKey,
  statements: readonly string[] | undefined,
): readonly number[] {
  if (before.state === 'frozen') return silentAtReveal(stepping, before, key);
  if (before.state !== 'open' || !statements) return [];
  const signers = signersOf(key, closings(stepping, statements));
  const tradable = codeOr(() => requireTradable(stepping.state, eventOf(stepping), before));
  if (tradable instanceof Refusal) return [];
  const [heard, silent] = parted(key, (index) => signers.has(kidOf(key, index)));
  const name = marketKey(stepping.event, stepping.market);
  agree(heard.length < key.threshold, name, 'a close, with so many statements', heard.length);
  return silent;
}

function silentAtReveal({ state, event, market, context }: Stepping, { frozenAt = '' }: MarketRecord, key: UsableKey) {
  const shares = key.nodes.map((_, at) => state.get(shareKey(event, market, at + 1)));
  const counted = countedShares(key, shares);
  const [posted, silent] = parted(key, (index) => counted.has(index));
  agree(posted.length < key.threshold, marketKey(event, market), 'no way out once the shares are there', posted.length);
  return context.now < addSeconds(frozenAt, NAMED_AFTER_SECONDS) ? [] : silent;
}

const kidOf = ({ nodes }: UsableKey, index: number): string => {
  const jwk = nodes[index - 1];
  return jwk ? thumbprintOf(jwk) : '';
};

/** The nodes that have a share, by whether they have spoken. */
function parted({ publicShares }: UsableKey, hasSpoken: (index: number) => boolean): readonly [number[], number[]] {
  const indexes = Object.keys(publicShares).map(Number);
  return [indexes.filter(hasSpoken), indexes.filter((index) => !hasSpoken(index))];
}

/** For those who have no peer. */
function keepEnd(stepping: Stepping, { state: from }: MarketRecord): void {
  const { state, event, context, evidence } = stepping;
  const doors = state.get(gateKey(event, 'doors'))?.state ?? 'pending';
  evidence.end = { from, at: context.now, cancelled: eventOf(stepping).state === 'cancelled', doors };
}

function keepAbort(
  stepping: Stepping,
  before: MarketRecord,
  key: UsableKey | undefined,
  statements: readonly string[] | undefined,
): void {
  const { state, evidence } = stepping;
  keepEnd(stepping, before);
  if (before.state !== 'open' || !evidence.end) return;
  evidence.rules = eventOf(stepping);
  evidence.key = key;
  const tradable = !(codeOr(() => requireTradable(state, eventOf(stepping), before)) instanceof Refusal);
  evidence.end = { ...evidence.end, tradable, ...(statements && { statements }) };
}

/** What was not sold is its seller's again. */
function end({ state, event, market, context }: Stepping, record: MarketRecord): readonly [] {
  returnAllotments(state, event, record, record.allotments ?? []);
  state.put(marketKey(event, market), record);
  endMarket(state, event, market, context.now);
  return [];
}
