/** A recipient's side: opening what dealers sealed for it, finding what is wrong, adding up its share of the key. */
import { isShareOf, shareFor, shareIn } from '../../chaincode/crypto/generation/complaint.js';
import type { Board } from '../../chaincode/crypto/generation/board.js';
import { shareBinding, type Generation } from '../../chaincode/crypto/generation/generation.js';
import type { Dealing, MessageOf } from '../../chaincode/crypto/generation/messages.js';
import { weightsIn } from '../../chaincode/crypto/generation/outcome.js';
import { qualifiedIn } from '../../chaincode/crypto/generation/rounds.js';
import { openSealed } from '../../chaincode/crypto/hpke.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../chaincode/crypto/point.js';
import { toScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
import { notIdentity } from '../crypto/prove.js';
import { complaintOf, receivingSecret } from './messages.js';
import type { DealingSecret } from './state.js';

/** s_ij, or undefined where it does not open or is not the polynomial's. */
function shareFrom(
  generation: Generation,
  dealing: Dealing,
  { recipient, secret }: { readonly recipient: number; readonly secret: Scalar },
): Scalar | undefined {
  const key = notIdentity(nodeSuite.multiplyBase(secret));
  const binding = shareBinding(generation, dealing.dealer, recipient);
  const share = shareIn(openSealed(secret, key, shareFor(dealing, recipient), binding));
  return share !== undefined && isShareOf(dealing, recipient, share) ? share : undefined;
}

/** Complains of every share that is not as its dealer promised. */
export function verdictMessage(
  { generation, dealings }: Pick<Board, 'generation' | 'dealings'>,
  dealingSecret: DealingSecret,
  recipient: number,
): MessageOf<'verdict'> {
  const secret = receivingSecret(generation, dealingSecret, recipient);
  const wrong = Object.values(dealings).filter(
    (dealing) => shareFrom(generation, dealing, { recipient, secret }) === undefined,
  );
  const complaints = wrong.map((dealing) => complaintOf(generation, dealingSecret, recipient, dealing));
  return { kind: 'verdict', recipient, complaints };
}

/**
 * k_j = Σ w_i·s_ij over the qualified dealers.
 * @returns undefined where a qualified dealer's share is wrong, which this node was then too late to complain of: it has no share of this key
 */
export function keyShareOf(board: Board, dealingSecret: DealingSecret, recipient: number): Scalar | undefined {
  const { generation, outcome } = board;
  if (!outcome) return undefined;
  const secret = receivingSecret(generation, dealingSecret, recipient);
  const weights = weightsIn(generation, outcome.qualified);
  let sum = 0n;
  for (const dealing of qualifiedIn(board)) {
    const share = shareFrom(generation, dealing, { recipient, secret });
    if (share === undefined) return undefined;
    sum += (weights.get(dealing.dealer) ?? 0n) * share;
  }
  const share = toScalar(sum);
  const publicShare = encodePoint(notIdentity(nodeSuite.multiplyBase(share)));
  if (publicShare !== outcome.publicShares[recipient]) throw new Error('the share is not that of the public share');
  return share;
}
