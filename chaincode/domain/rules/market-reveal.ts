/**
 * The reveal: nodes give their shares of the market's key once its orders are frozen, and any t of them give the key. As many messages as there are nodes,
 * however many orders.
 */
import { z } from 'zod';
import { decodeSecret, encodeScalar, toScalar, type Scalar } from '../../crypto/scalar.js';
import { lagrangeAtZero } from '../../crypto/sharing.js';
import { thumbprintOf } from '../../crypto/jwk.js';
import { requireCurrent, requireEvent } from '../authority.js';
import { keyNameOf, sharedKeyKey } from '../committee-keys.js';
import type { UsableKey } from '../committee-records.js';
import { requireUsableKey } from '../credentials/node-statements.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { commandKey, eventKey } from '../keys.js';
import { marketKey, shareKey } from '../market/keys.js';
import { countedShare, countedShares, isShareOf, publicOf } from '../market/shares.js';
import { requireMarket } from '../market/standing.js';
import { ofMarket, prepareStep } from '../market/step.js';
import { parseWith } from '../parse.js';
import { refusingFaults } from '../refuse-fault.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement, requireSignature, type Statement } from '../statements.js';

const revealing = z.strictObject({ kind: z.literal('market.reveal'), statement: compactJws });

export const prepareReveal: Prepare = (raw) => {
  const command = parseWith(revealing, raw, '');
  const statement = decodeStatement('market-share', command.statement, 'statement');
  const { event, market, jti, index, share, root } = statement.payload;
  const name = keyNameOf(event, market);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: [eventKey(event), marketKey(event, market), sharedKeyKey(name)],
    writes: [shareKey(event, market, index)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireEvent(state, event);
      const record = requireMarket(state, event, market, 'frozen');
      const usable = requireUsableKey(state, name, 'statement.market');
      requireShare(statement, usable);
      // The node has computed it itself: another would be of other orders.
      require(root === record.root, 'ROOT_MISMATCH', { field: 'statement.root', expected: record.root ?? '' });
      const key = shareKey(event, market, index);
      // One that counts for nothing gives way.
      const posted = countedShare(usable, index, state.get(key));
      require(posted === undefined, 'ALREADY_POSTED', { field: 'statement.index', index });
      state.put(key, { share, statement: statement.digest });
      return { result: { market, index } };
    },
  };
};

/** Signed by that very node, and its share: x_i·G is the public share that the key's generation has fixed. */
function requireShare(statement: Statement<'market-share'>, key: UsableKey): void {
  const { index, share } = statement.payload;
  const jwk = key.nodes[index - 1];
  const known = jwk !== undefined && thumbprintOf(jwk) === statement.signer;
  require(known, 'UNKNOWN_KEY', { field: 'statement.header.kid', index });
  requireSignature(statement, jwk);
  const secret = refusingFaults('statement', () => decodeSecret(share, 'share'));
  require(isShareOf(key, index, secret), 'SHARE_INVALID', { field: 'statement.share', index });
}

const unsealing = z.strictObject({
  kind: z.literal('market.unseal'),
  ...ofMarket,
  /** How many nodes the committee has: so that their shares can be loaded. */
  nodes: z.int().min(1).max(MAX_COMMITTEE_NODES),
});

export const prepareUnseal: Prepare = (raw, callerMsp) =>
  prepareStep(
    unsealing,
    raw,
    callerMsp,
    () => [],
    ({ event, market, nodes }) => {
      const name = keyNameOf(event, market);
      const indexes = Array.from({ length: nodes }, (_, at) => at + 1);
      return {
        reads: [eventKey(event), sharedKeyKey(name), ...indexes.map((index) => shareKey(event, market, index))],
        writes: [marketKey(event, market)],
        decide(state) {
          requireEvent(state, event);
          const before = requireMarket(state, event, market, 'frozen');
          const key = requireUsableKey(state, name, 'market');
          const { threshold, groupKey } = key;
          const records = indexes.map((index) => state.get(shareKey(event, market, index)));
          const shares = [...countedShares(key, records)];
          require(shares.length >= threshold, 'SHARES_TOO_FEW', {
            field: 'nodes',
            needed: threshold,
            posted: shares.length,
          });
          const secret = combine(shares.slice(0, threshold));
          // Each share is that of a public share on the polynomial of the key: a defect, never a refusal.
          if (publicOf(secret) !== groupKey) throw new Error(`the shares of ${name} do not make its key`);
          state.put(marketKey(event, market), { ...before, state: 'revealed', secret: encodeScalar(secret) });
          return { result: { nodes: shares.map(([index]) => index) } };
        },
      };
    },
  );

function combine(shares: readonly (readonly [index: number, share: Scalar])[]): Scalar {
  const weights = lagrangeAtZero(shares.map(([index]) => index));
  return toScalar(shares.reduce((sum, [index, share]) => sum + share * (weights.get(index) ?? 0n), 0n));
}
