/** Which nodes an abort names: only those that the market waited for, and long enough. And whether it waited for any, or could go on without an abort. */
import { requireEvent } from '../authority.js';
import type { UsableKey } from '../committee-records.js';
import { Refusal, require } from '../refusal.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import type { Statement } from '../statements.js';
import { addSeconds } from '../time.js';
import { codeOr } from './decode-page.js';
import { heardFrom, holdersOf } from './holders.js';
import { shareKey } from './keys.js';
import type { MarketRecord } from './records.js';
import { countedShares } from './shares.js';
import { requireTradable } from './terms.js';

/** So long a node has to post its share before it is called silent: a minute, and one more for each of two transactions that are dated off. */
export const NAMED_AFTER_SECONDS = 180;

/** From when on an abort names those whose share is missing. */
export const namedFrom = ({ frozenAt, abortableAt }: MarketRecord): string =>
  addSeconds(frozenAt ?? abortableAt, NAMED_AFTER_SECONDS);

interface Stopped {
  readonly state: State;
  readonly event: string;
  readonly market: MarketRecord;
  readonly key: UsableKey;
}

/**
 * Those of whom there is no statement, by the word of who aborts. None where the market could not have been closed with all of them.
 * @throws {Refusal} NOTHING_DUE where there are enough: it is to be closed
 */
export function silentAtClose(
  { state, event, market, key }: Stopped,
  closings: readonly Statement<'market-close'>[] | undefined,
): readonly number[] {
  const tradable = codeOr(() => requireTradable(state, requireEvent(state, event), market));
  if (!closings || tradable instanceof Refusal) return [];
  const heard = heardFrom(key, closings);
  const { threshold: needed } = key;
  require(heard.size < needed, 'NOTHING_DUE', { field: 'statements', needed, heard: heard.size });
  return holdersOf(key).filter((index) => !heard.has(index));
}

/**
 * Those without a share on the ledger, if they had the time.
 * @throws {Refusal} NOTHING_DUE where there are enough: whoever sees what he has lost would have a way out
 */
export function silentAtReveal({ state, event, market, key }: Stopped, { now }: Context): readonly number[] {
  const records = key.nodes.map((_, at) => state.get(shareKey(event, market.market, at + 1)));
  const posted = countedShares(key, records);
  const { threshold: needed } = key;
  require(posted.size < needed, 'NOTHING_DUE', { field: 'market', needed, posted: posted.size });
  return now < namedFrom(market) ? [] : holdersOf(key).filter((index) => !posted.has(index));
}
