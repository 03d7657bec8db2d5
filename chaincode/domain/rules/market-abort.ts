/**
 * The abort: a market that comes to nothing, because nodes keep silent or the event is cancelled. It needs no committee. With t shares on the ledger everybody
 * can work out who has won, so from then on it is nobody's way out: only a cancelled event ends such a market.
 */
import { z } from 'zod';
import { findEvent } from '../authority.js';
import { keyNameOf, sharedKeyKey } from '../committee-keys.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { slugId } from '../ids.js';
import { eventKey, gateKey } from '../keys.js';
import { allotmentKeys, returnAllotments } from '../market/allotments.js';
import { latestMarketKey, marketKey, shareKey } from '../market/keys.js';
import { endMarket } from '../market/latest.js';
import type { MarketRecord } from '../market/records.js';
import { silentAtClose, silentAtReveal } from '../market/silent-nodes.js';
import { findMarket, isOver } from '../market/standing.js';
import { ofMarket, prepareStep } from '../market/step.js';
import { require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import type { Statement } from '../statements.js';
import { readClosings, requireClosings } from './market-close.js';
import { MAX_MARKET_ALLOTMENTS } from './market-finish.js';

const aborting = z.strictObject({
  kind: z.literal('market.abort'),
  ...ofMarket,
  /** How many nodes the committee has, and the market's allotments: so that their records can be loaded. */
  nodes: z.int().min(0).max(MAX_COMMITTEE_NODES),
  allotments: z.array(slugId).max(MAX_MARKET_ALLOTMENTS),
  /** Where too few nodes would close it: what those who would have said. The others are named, by the word of who aborts. */
  statements: z.array(compactJws).max(MAX_COMMITTEE_NODES).optional(),
});

export const prepareAbort: Prepare = (raw, callerMsp) =>
  prepareStep(
    aborting,
    raw,
    callerMsp,
    () => [],
    ({ event, market, nodes, allotments, statements }) => {
      const closings = statements && readClosings(statements);
      const indexes = Array.from({ length: nodes }, (_, at) => at + 1);
      return {
        reads: [
          eventKey(event),
          sharedKeyKey(keyNameOf(event, market)),
          ...indexes.map((index) => shareKey(event, market, index)),
          gateKey(event, 'resale'),
          gateKey(event, 'sales'),
        ],
        writes: [latestMarketKey(event), marketKey(event, market), ...allotmentKeys(event, allotments)],
        decide(state, context) {
          const cancelled = findEvent(state, event).state === 'cancelled';
          const before = findMarket(state, event, market);
          requireAbortable(before, cancelled, context);
          if (closings) requireClosings(closings, { event, market }, context);
          const silent = cancelled ? [] : silentNodes(state, event, before, { closings, nodes }, context);
          returnAllotments(state, event, before, allotments);
          state.put(marketKey(event, market), { ...before, state: 'aborted', silent });
          endMarket(state, event, market, context.now);
          return { result: { silent } };
        },
      };
    },
  );

function requireAbortable({ market, state, abortableAt }: MarketRecord, cancelled: boolean, { now }: Context): void {
  const early = state === 'open' || state === 'closed' || state === 'frozen';
  require(early || (cancelled && !isOver(state)), 'MARKET_NOT_OPEN', { field: 'market', market, state });
  require(cancelled || now >= abortableAt, 'NOTHING_DUE', { field: 'market', abortableAt });
}

/** Who was waited for, at the close or at the reveal. */
function silentNodes(
  state: State,
  event: string,
  market: MarketRecord,
  { closings, nodes }: { readonly closings: readonly Statement<'market-close'>[] | undefined; readonly nodes: number },
  context: Context,
): readonly number[] {
  const key = state.get(sharedKeyKey(keyNameOf(event, market.market)))?.key;
  if (!key) return [];
  require(nodes === key.nodes.length, 'MARKET_MISMATCH', { field: 'nodes', expected: key.nodes.length });
  const stopped = { state, event, market, key };
  if (market.state === 'open') return silentAtClose(stopped, closings);
  return market.state === 'frozen' ? silentAtReveal(stopped, context) : [];
}
