/** What nodes post that cheat in a way which the ledger takes, because only another node can tell; see crooked-nodes.ts for what it refuses. */
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import type { Dealing, Message } from '../../chaincode/crypto/generation/messages.js';
import { shareBinding } from '../../chaincode/crypto/generation/generation.js';
import { decodePoint, encodePoint } from '../../chaincode/crypto/point.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { complaintOf } from '../../committee/protocol/messages.js';
import type { NodeState } from '../../committee/protocol/index.js';
import { secretNamed } from './curve.js';

/** @returns what is posted in place of what the node owes */
export type Cheat = (message: Message, state: NodeState) => Message;

/** Deals this node something else, and the rest what it should. */
export const dealing =
  (
    recipient: number,
    other: (share: Dealing['shares'][number], state: NodeState) => { enc?: string; ciphertext?: string },
  ): Cheat =>
  (message, state) => {
    if (message.kind !== 'deal') return message;
    const shares = message.shares.map((share) =>
      share.recipient === recipient ? { ...share, ...other(share, state) } : share,
    );
    return { ...message, shares };
  };

/** Well sealed, but of another polynomial. */
export const wrongShare = (recipient: number, plaintext: Uint8Array): Cheat =>
  dealing(recipient, (_, { board, role }) => {
    const key = decodePoint(board.receivingKeys[recipient]!, 'key');
    const binding = shareBinding(board.generation, role.dealer!, recipient);
    const { enc, ciphertext } = seal(key, plaintext, binding, secretNamed('cheat'));
    return { enc: encodePoint(enc), ciphertext: toBase64url(ciphertext) };
  });

/** Complains of a dealer that did nothing wrong. */
export const slander =
  (dealer: number): Cheat =>
  (message, { board, dealing: secret, role }) =>
    message.kind === 'verdict'
      ? { ...message, complaints: [complaintOf(board.generation, secret!, role.recipient!, board.dealings[dealer]!)] }
      : message;
