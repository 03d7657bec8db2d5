/** The reveal: x_i·G is each node's public share, and any t of them give the x of the market's key. */
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../chaincode/crypto/point.js';
import { decodeSecret, encodeScalar, toScalar, type Scalar } from '../../../chaincode/crypto/scalar.js';
import { lagrangeAtZero } from '../../../chaincode/crypto/sharing.js';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { requireCurrent } from '../../../chaincode/domain/authority.js';
import { marketKey, shareKey } from '../../../chaincode/domain/market/keys.js';
import { decodeStatement, requireSignature } from '../../../chaincode/domain/statements.js';
import { agree, differ } from '../difference.js';
import { keyOf, marketIn, type Recompute } from './step.js';

const publicOf = (secret: Scalar): string => {
  const point = nodeSuite.multiplyBase(secret);
  return point ? encodePoint(point) : 'nothing';
};

export const reveal: Recompute<{ readonly statement: string }> = (stepping, command) => {
  const { state, event, market, context, evidence } = stepping;
  const record = marketIn(stepping, 'frozen');
  const statement = decodeStatement('market-share', command.statement, 'statement');
  const { index, share, root, channel, event: of, market: number } = statement.payload;
  const key = shareKey(event, market, index);
  agree(of === event && number === market && channel === context.channel, key, 'a share of this market', of);
  requireCurrent(statement, event, context);
  const { nodes, publicShares } = keyOf(stepping);
  const jwk = nodes[index - 1] ?? differ(key, 'a node of the committee', index);
  agree(thumbprintOf(jwk) === statement.signer, key, `signed by ${thumbprintOf(jwk)}`, statement.signer);
  requireSignature(statement, jwk);
  agree(root === record.root, key, record.root, root);
  const before = state.get(key);
  const counts = before !== undefined && publicOf(decodeSecret(before.share, 'share')) === publicShares[index];
  agree(!counts, key, 'one share of each node', 'another');
  const point = publicOf(decodeSecret(share, 'share'));
  agree(point === publicShares[index], key, `a share of ${publicShares[index] ?? 'no node'}`, point);
  state.put(key, { share, statement: statement.digest });
  evidence.shares.push(command.statement);
  return [];
};

export const unseal: Recompute = (stepping) => {
  const { state, event, market } = stepping;
  const before = marketIn(stepping, 'frozen');
  const { nodes, threshold, groupKey, publicShares } = keyOf(stepping);
  const shares = nodes.flatMap((_, at) => {
    const share = state.get(shareKey(event, market, at + 1))?.share;
    const secret = share === undefined ? undefined : decodeSecret(share, 'share');
    // One that is not of the key as it is makes no key.
    const counts = secret !== undefined && publicOf(secret) === publicShares[at + 1];
    return counts ? [[at + 1, secret] as const] : [];
  });
  const key = marketKey(event, market);
  agree(shares.length >= threshold, key, `${threshold} shares`, shares.length);
  // All of them, where the ledger takes the first t: on one polynomial it is the same.
  const weights = lagrangeAtZero(shares.map(([index]) => index));
  const secret = toScalar(shares.reduce((sum, [index, share]) => sum + share * (weights.get(index) ?? 0n), 0n));
  agree(publicOf(secret) === groupKey, key, `the secret of ${groupKey}`, `that of ${publicOf(secret)}`);
  state.put(key, { ...before, state: 'revealed', secret: encodeScalar(secret) });
  return [];
};
