/** What a node has to post, as it follows from its state: so a restart posts again what the ledger has not taken. */
import type { Round } from '../../chaincode/crypto/generation/board.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { isComplete, isOver } from '../../chaincode/crypto/generation/rounds.js';
import { decodeSecret } from '../../chaincode/crypto/scalar.js';
import { commitMessage, dealMessage, readyMessage, receivingMessage } from './messages.js';
import { verdictMessage } from './shares.js';
import type { DealingSecret, NodeState, Role } from './state.js';

/** Asks the ledger to end a round; any node's does. */
export interface Advance {
  readonly kind: 'advance';
  readonly from: Round;
}

export type Outgoing = Message | Advance;

/** A duty names its message without the work of making it. */
export type Duty = Message['kind'] | `advance ${Round}`;

export function dutiesOf(state: NodeState): Duty[] {
  const { board, overdue } = state;
  const messages = KINDS.filter((kind) => DUE[kind](state));
  const late = overdue === board.round && !isOver(board);
  return [...messages, ...(late || isComplete(board) ? [`advance ${board.round}` as const] : [])];
}

type Kind = Message['kind'];

/** Nothing has the index 0. */
const indexesOf = ({ dealer = 0, recipient = 0 }: Role) => ({ dealer, recipient });

const DUE: Readonly<Record<Kind, (state: NodeState) => boolean>> = {
  receive: ({ board, role: { recipient }, dealing }) =>
    board.round === 'announce' &&
    dealing !== undefined &&
    recipient !== undefined &&
    !(recipient in board.receivingKeys),
  commit: ({ board, role: { dealer }, dealing }) =>
    board.round === 'announce' && dealing !== undefined && dealer !== undefined && !(dealer in board.digests),
  deal: ({ board, role, dealing }) => {
    const { dealer } = indexesOf(role);
    return board.round === 'deal' && dealing !== undefined && dealer in board.digests && !(dealer in board.dealings);
  },
  verdict: ({ board, role, dealing }) => {
    const { recipient } = indexesOf(role);
    const expected = recipient in board.receivingKeys && !(recipient in board.verdicts);
    return board.round === 'verdict' && dealing !== undefined && expected;
  },
  ready: ({ board, role, share }) =>
    board.outcome !== undefined && share !== undefined && !board.ready.includes(indexesOf(role).recipient),
  destroyed: ({ board, role, destroyed }) => {
    const { recipient } = indexesOf(role);
    const held = recipient in (board.outcome?.publicShares ?? {}) && !board.destroyed.includes(recipient);
    return board.round === 'usable' && destroyed === true && held;
  },
};

const KINDS = Object.keys(DUE) as Kind[];

/** @param duty one that the state has */
export function fulfil(state: NodeState, duty: Duty): Outgoing {
  const { board, role } = state;
  const { generation } = board;
  const { dealer, recipient } = indexesOf(role);
  switch (duty) {
    case 'receive':
      return receivingMessage(generation, secretOf(state), recipient);
    case 'commit':
      return commitMessage(generation, secretOf(state), dealer);
    case 'deal':
      return dealMessage(generation, secretOf(state), dealer, board.receivingKeys);
    case 'verdict':
      return verdictMessage(board, secretOf(state), recipient);
    case 'ready':
      return readyOf(state, recipient);
    case 'destroyed':
      return { kind: 'destroyed', recipient };
    default:
      return { kind: 'advance', from: board.round };
  }
}

function readyOf({ board, share }: NodeState, recipient: number): Message {
  if (!board.outcome || share === undefined) throw new Error('ready without a share');
  return readyMessage(board.generation, board.outcome, recipient, decodeSecret(share, 'share'));
}

function secretOf({ dealing }: NodeState): DealingSecret {
  if (!dealing) throw new Error('the dealing secret is gone');
  return dealing;
}

/** All that is to be posted now: what a node does first after a restart. */
export const owed = (state: NodeState): Outgoing[] => dutiesOf(state).map((duty) => fulfil(state, duty));
