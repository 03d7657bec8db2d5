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
import { countedShares } from '../../../chaincode/domain/market/shares.js';
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
  const indexes = cancelled || !key ? [] : Object.keys(key.publicShares).map(Number);
  const posted = key ? countedShares(key, sharesOf(stepping, key)) : new Map<number, unknown>();
  const enough = before.state === 'frozen' && key !== undefined && posted.size >= key.threshold;
  agree(cancelled || !enough, marketKey(event, market), 'no way out once the shares are there', posted.size);
  const heard = statements && key ? signersOf(key, closings(stepping, statements)) : undefined;
  const silent = indexes.filter((index) => {
    if (before.state === 'frozen') return !posted.has(index);
    const jwk = key?.nodes[index - 1];
    return before.state === 'open' && heard && jwk ? !heard.has(thumbprintOf(jwk)) : false;
  });
  return end(stepping, { ...before, state: 'aborted', silent });
};

const sharesOf = ({ state, event, market }: Stepping, { nodes }: UsableKey) =>
  nodes.map((_, at) => state.get(shareKey(event, market, at + 1)));

/** What was not sold is its seller's again. */
function end({ state, event, market, context }: Stepping, record: MarketRecord): readonly [] {
  returnAllotments(state, event, record, record.allotments ?? []);
  state.put(marketKey(event, market), record);
  endMarket(state, event, market, context.now);
  return [];
}
