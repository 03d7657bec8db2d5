/** The opening: the organizer's signed terms, and nothing beside them. */
import { requireCurrent, requireEventSignature } from '../../../chaincode/domain/authority.js';
import { withdrawAllotments } from '../../../chaincode/domain/market/allotments.js';
import { latestMarketKey, marketKey } from '../../../chaincode/domain/market/keys.js';
import { beginMarket } from '../../../chaincode/domain/market/latest.js';
import { requireNotStopped, requireTerms, requireTradingTime } from '../../../chaincode/domain/market/terms.js';
import { requireSealedResale } from '../../../chaincode/domain/market/fees.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { agree } from '../difference.js';
import { eventOf, type Recompute } from './step.js';

export const open: Recompute<{ readonly statement: string }> = (stepping, command) => {
  const { state, event, market, context, evidence } = stepping;
  const record = eventOf(stepping);
  const statement = decodeStatement('market', command.statement, 'statement');
  requireEventSignature(statement, record);
  const { event: of, jti, channel, exp, ...terms } = statement.payload;
  const key = marketKey(event, market);
  agree(of === event && terms.market === market && channel === context.channel, key, 'terms of this market', of);
  requireCurrent(statement, event, context);
  agree(record.policy.credentialRequired, key, 'an event for persons', 'any holders');
  const latest = state.get(latestMarketKey(event));
  agree(latest === undefined || latest.state === 'over', key, 'no other market', `m${latest?.market ?? 0}`);
  const next = (latest?.market ?? 0) + 1;
  agree(market === next, key, `m${next}`, `m${market}`);
  requireTerms(terms, record, context);
  requireTradingTime(state, record, terms);
  requireNotStopped(state, record, terms);
  if (terms.supply === 'resale') requireSealedResale(record, terms);
  const { allotments = [] } = terms;
  const places = withdrawAllotments(state, record, allotments, market);
  beginMarket(state, event, market);
  const { clearing } = record.policy;
  const supplied = allotments.length > 0 ? { places } : {};
  state.put(key, { ...terms, clearing, state: 'open', statement: statement.digest, ...supplied });
  evidence.opening = { statement: command.statement, eventKey: record.eventKey, policy: record.policy };
  return [];
};
