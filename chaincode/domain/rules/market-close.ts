/**
 * The close: t nodes have seen by their own clocks that the time has come. From here on nothing of the event changes hands but by the market, and no order
 * that was endorsed before can come in, for the market's record has changed.
 */
import { z } from 'zod';
import { requireCurrent, requireEvent } from '../authority.js';
import { keyNameOf, sharedKeyKey } from '../committee-keys.js';
import type { UsableKey } from '../committee-records.js';
import { requireUsableKey } from '../credentials/node-statements.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { eventKey, gateKey, membersKey } from '../keys.js';
import { barredBy } from '../market/barred.js';
import { heardFrom } from '../market/holders.js';
import { latestMarketKey, marketKey } from '../market/keys.js';
import { beginSettling } from '../market/latest.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, prepareStep } from '../market/step.js';
import { requireTradable } from '../market/terms.js';
import { require } from '../refusal.js';
import { compactJws, type Context, type Prepare } from '../rule.js';
import { decodeStatement, type Statement } from '../statements.js';

const closing = z.strictObject({
  kind: z.literal('market.close'),
  ...ofMarket,
  statements: z.array(compactJws).min(1).max(MAX_COMMITTEE_NODES),
});

export const prepareMarketClose: Prepare = (raw, callerMsp) =>
  prepareStep(
    closing,
    raw,
    callerMsp,
    () => [],
    ({ event, market, statements: compact }) => {
      const statements = readClosings(compact);
      const name = keyNameOf(event, market);
      return {
        reads: [eventKey(event), membersKey, sharedKeyKey(name), gateKey(event, 'resale'), gateKey(event, 'sales')],
        writes: [latestMarketKey(event), marketKey(event, market)],
        decide(state, context) {
          const record = requireEvent(state, event);
          const before = requireMarket(state, event, market, 'open');
          require(context.now >= before.closesAt, 'NOTHING_DUE', { field: 'market', closesAt: before.closesAt });
          requireClosings(statements, { event, market }, context);
          requireHolders(requireUsableKey(state, name, 'market'), statements);
          requireTradable(state, record, before);
          beginSettling(state, event, market);
          state.put(marketKey(event, market), { ...before, state: 'closed', ...barredBy(state, before) });
          return {};
        },
      };
    },
  );

export const readClosings = (compact: readonly string[]): readonly Statement<'market-close'>[] =>
  compact.map((jws, at) => decodeStatement('market-close', jws, `statements[${at}]`));

/** Each of this market, and of now. */
export function requireClosings(
  statements: readonly Statement<'market-close'>[],
  { event, market }: { readonly event: string; readonly market: number },
  context: Context,
): void {
  for (const statement of statements) {
    requireCurrent(statement, event, context);
    const field = `${statement.field}.market`;
    require(statement.payload.market === market, 'MARKET_MISMATCH', { field, expected: market });
  }
}

/** As many as could reveal it: who has no share says nothing that counts. */
function requireHolders(key: UsableKey, statements: readonly Statement<'market-close'>[]): void {
  const enough = heardFrom(key, statements).size >= key.threshold;
  require(enough, 'STATEMENTS_TOO_FEW', { field: 'statements', needed: key.threshold });
}
