/** Following a key generation: what the ledger shows that this node's state doesn't have yet, in the order of the rounds. Pure. */
import type { Board, Round } from '../../chaincode/crypto/generation/board.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { isComplete } from '../../chaincode/crypto/generation/rounds.js';
import { ROUND_OF, ROUNDS, type Posted } from '../../chaincode/domain/key-generation/board.js';
import { deadlineOf } from '../../chaincode/domain/key-generation/deadlines.js';
import { step, type NodeState } from '../protocol/index.js';

/**
 * @param posted the generation's records, all of them
 * @returns the same state where there is nothing new
 * @throws {Fault} NOT_MY_MESSAGE and whatever else the ledger should not have taken
 */
export function follow(state: NodeState, posted: Posted): NodeState {
  let next = state;
  for (const round of ROUNDS) {
    next = withMessages(next, posted, round);
    if (next.board.round !== round) continue;
    if (!isOver(round, next.board, posted)) return next;
    next = step(next, { kind: 'advanced', from: round }).state;
  }
  return withMessages(next, posted, 'usable');
}

/** The round's deadline has passed, by this node's own clock. */
export function overdue(state: NodeState, posted: Posted, nowMs: number): NodeState {
  const round = ROUNDS.find((each) => each === state.board.round);
  if (!round || state.overdue === round || nowMs / 1000 <= deadlineOf(posted, round)) return state;
  return step(state, { kind: 'deadline', round }).state;
}

/** Where everybody has posted nobody has to say so; that the key is usable the ledger says itself. */
function isOver(round: Round, board: Board, { closed, record }: Posted): boolean {
  return closed[round] !== undefined || (round === 'ready' ? record.outcome !== undefined : isComplete(board));
}

function withMessages(state: NodeState, { messages }: Posted, round: Round): NodeState {
  return messages
    .map(({ message }) => message)
    .filter((message) => ROUND_OF[message.kind] === round && !isOn(state.board, message))
    .reduce((next, message) => step(next, { kind: 'posted', message }).state, state);
}

function isOn(board: Board, message: Message): boolean {
  switch (message.kind) {
    case 'receive':
      return message.recipient in board.receivingKeys;
    case 'commit':
      return message.dealer in board.digests;
    case 'deal':
      return message.dealer in board.dealings;
    case 'verdict':
      return message.recipient in board.verdicts;
    case 'ready':
      return board.ready.includes(message.recipient);
    case 'destroyed':
      return board.destroyed.includes(message.recipient);
  }
}
