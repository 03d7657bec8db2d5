/** The opening of a sealed market, signed with the event key: everything that the organizer can decide about it is decided here, before anybody bids. */
import { z } from 'zod';
import { requireCurrent, requireEvent, requireEventSignature, requireOrganization } from '../authority.js';
import { organizerOf } from '../ids.js';
import { commandKey, eventKey, gateKey, organizationKey } from '../keys.js';
import { allotmentKeys, withdrawAllotments } from '../market/allotments.js';
import { requireSealedResale } from '../market/fees.js';
import { latestMarketKey, marketKey } from '../market/keys.js';
import { beginMarket } from '../market/latest.js';
import type { LatestMarketRecord, MarketTerms } from '../market/records.js';
import { gateOf, requireNotStopped, requireTerms, requireTradingTime } from '../market/terms.js';
import { parseWith } from '../parse.js';
import { requireCredentials } from '../policy/enforce.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement } from '../statements.js';

const opening = z.strictObject({ kind: z.literal('market.open'), statement: compactJws });

export const prepareMarketOpening: Prepare = (raw) => {
  const command = parseWith(opening, raw, '');
  const statement = decodeStatement('market', command.statement, 'statement');
  const { event, jti, channel, exp, ...terms } = statement.payload;
  const { market, quotas, guarantees, allotments = [] } = terms;
  const organizations = [...new Set([organizerOf(event), ...Object.keys(quotas), ...Object.keys(guarantees)])];
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [eventKey(event), gateKey(event, gateOf(terms)), ...organizations.map(organizationKey)],
    writes: [latestMarketKey(event), marketKey(event, market), ...allotmentKeys(event, allotments)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const record = requireEvent(state, event);
      requireEventSignature(statement, record);
      requireOrganization(state, record.organizer, ['organizer'], 'statement.event');
      // One person has one draw.
      requireCredentials(record);
      requireNext(state.get(latestMarketKey(event)), market);
      requireTerms(terms, record, context);
      requireTradingTime(state, record, terms);
      requireNotStopped(state, record, terms);
      requireTakers(state, terms);
      if (terms.supply === 'resale') requireSealedResale(record, terms);
      const places = withdrawAllotments(state, record, allotments, market);
      beginMarket(state, event, market);
      state.put(marketKey(event, market), {
        ...terms,
        clearing: record.policy.clearing,
        state: 'open',
        statement: statement.digest,
        ...(allotments.length > 0 && { places }),
      });
      return { result: { market, policy: record.policyVersion } };
    },
  };
};

/** One market of an event at a time: two would sell the same allowance, and the same ticket, twice. */
function requireNext(latest: LatestMarketRecord | undefined, market: number): void {
  const over = latest === undefined || latest.state === 'over';
  require(over, 'MARKET_EXISTS', { field: 'statement.market', market: latest?.market ?? 0 });
  const expected = (latest?.market ?? 0) + 1;
  require(market === expected, 'STALE_MARKET', { field: 'statement.market', expected });
}

/** Who takes orders is a member, who takes deposits sells tickets. */
function requireTakers(state: State, { quotas, guarantees }: MarketTerms): void {
  for (const msp of Object.keys(quotas)) requireOrganization(state, msp, [], `statement.quotas.${msp}`);
  for (const msp of Object.keys(guarantees))
    requireOrganization(state, msp, ['reseller', 'organizer'], `statement.guarantees.${msp}`);
}
