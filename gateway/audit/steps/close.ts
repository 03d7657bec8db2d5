/** The close: t nodes of those that hold a share of the market's key say that the time has come. */
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { requireCurrent } from '../../../chaincode/domain/authority.js';
import { signersOf } from '../../../chaincode/domain/credentials/node-statements.js';
import { barredBy } from '../../../chaincode/domain/market/barred.js';
import { marketKey } from '../../../chaincode/domain/market/keys.js';
import { beginSettling } from '../../../chaincode/domain/market/latest.js';
import { requireTradable } from '../../../chaincode/domain/market/terms.js';
import { decodeStatement, type Statement } from '../../../chaincode/domain/statements.js';
import { agree } from '../difference.js';
import { eventOf, keyOf, marketIn, type Recompute, type Stepping } from './step.js';

export const close: Recompute<{ readonly statements: readonly string[] }> = (stepping, command) => {
  const { state, event, market, context, evidence } = stepping;
  const before = marketIn(stepping, 'open');
  const key = marketKey(event, market);
  agree(context.now >= before.closesAt, key, `not before ${before.closesAt}`, context.now);
  requireTradable(state, eventOf(stepping), before);
  const { nodes, threshold, publicShares } = keyOf(stepping);
  const signers = signersOf({ nodes }, closings(stepping, command.statements));
  const holding = nodes.filter((jwk, at) => publicShares[at + 1] !== undefined && signers.has(thumbprintOf(jwk)));
  agree(holding.length >= threshold, key, `statements of ${threshold} nodes with a share`, holding.length);
  beginSettling(state, event, market);
  state.put(key, { ...before, state: 'closed', ...barredBy(state, before) });
  evidence.closings = command.statements;
  evidence.rules = eventOf(stepping);
  evidence.key = keyOf(stepping);
  return [];
};

/** Statements of exactly this market's close, that are still good. */
export function closings(
  { event, market, context }: Stepping,
  compact: readonly string[],
): readonly Statement<'market-close'>[] {
  return compact.map((jws, at) => {
    const statement = decodeStatement('market-close', jws, `statements[${at}]`);
    const { payload } = statement;
    const ours = payload.event === event && payload.market === market && payload.channel === context.channel;
    agree(ours, marketKey(event, market), 'the close of this market', `${payload.event} m${payload.market}`);
    requireCurrent(statement, event, context);
    return statement;
  });
}
