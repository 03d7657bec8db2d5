/**
 * One node's part in a key generation, as steps without clock, storage or network: what the ledger took goes in, what the node has to post comes out.
 * The caller stores the new state before it posts. The ledger is the broadcast channel, and every node checks again what the ledger took.
 */
import { isDeepStrictEqual } from 'node:util';
import { check } from '../../chaincode/crypto/fault.js';
import { openBoard, post, type Round } from '../../chaincode/crypto/generation/board.js';
import { dealersOf, recipientsOf, type Generation } from '../../chaincode/crypto/generation/generation.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { advance } from '../../chaincode/crypto/generation/rounds.js';
import { encodeScalar } from '../../chaincode/crypto/scalar.js';
import { dutiesOf, fulfil, owed, type Outgoing } from './duties.js';
import { keyShareOf } from './shares.js';
import type { DealingSecret, NodeState, Role } from './state.js';

export type Input =
  /** A message that the ledger took, in the ledger's order; the node's own ones too. */
  | { readonly kind: 'posted'; readonly message: Message }
  /** The ledger ended this round. */
  | { readonly kind: 'advanced'; readonly from: Round }
  /** The round's deadline has passed, by this node's own peer. */
  | { readonly kind: 'deadline'; readonly round: Round }
  /** The key's time is over. */
  | { readonly kind: 'destroy' };

export interface Step {
  readonly state: NodeState;
  /** What was not yet to be posted before this step; `owed(state)` has everything, for a restart. */
  readonly outbox: readonly Outgoing[];
}

export interface Beginning {
  readonly generation: Generation;
  readonly role: Role;
  /** A fresh seed for every generation; where a key moves, a dealer's share of it too. */
  readonly secret: DealingSecret;
}

/** @throws {Fault} NOT_A_DEALER, NOT_A_RECIPIENT for a role that the generation doesn't have */
export function begin({ generation, role, secret }: Beginning): Step {
  const { dealer, recipient } = role;
  const dealsOwn = (secret.constant !== undefined) === (generation.from !== undefined);
  check(dealer === undefined || (dealersOf(generation).includes(dealer) && dealsOwn), 'NOT_A_DEALER', 'dealer');
  check(recipient === undefined || recipientsOf(generation).includes(recipient), 'NOT_A_RECIPIENT', 'recipient');
  const state: NodeState = { board: openBoard(generation), role, dealing: secret };
  return { state, outbox: owed(state) };
}

/** @throws {Fault} where the ledger took what it should not have, or anything in this node's name: NOT_MY_MESSAGE. The state before stays good. */
export function step(state: NodeState, input: Input): Step {
  const next = stateAfter(state, input);
  const before = new Set(dutiesOf(state));
  const fresh = dutiesOf(next).filter((duty) => !before.has(duty));
  return { state: next, outbox: fresh.map((duty) => fulfil(next, duty)) };
}

function stateAfter(state: NodeState, input: Input): NodeState {
  switch (input.kind) {
    case 'posted':
      requireOwn(state, input.message);
      return { ...state, board: post(state.board, input.message) };
    case 'advanced':
      check(input.from === state.board.round, 'WRONG_ROUND', 'from');
      return settle({ ...state, board: advance(state.board, true) });
    case 'deadline':
      return { ...state, overdue: input.round };
    case 'destroy':
      return { ...state, dealing: undefined, share: undefined, destroyed: true };
  }
}

/** Somebody else with this node's signing key could post for it: a share sealed for a key that is not this node's is lost, so it says so. */
function requireOwn(state: NodeState, message: Message): void {
  const { dealer, recipient } = state.role;
  const index = 'dealer' in message ? dealer : recipient;
  const author = 'dealer' in message ? message.dealer : message.recipient;
  if (author !== index || state.destroyed) return;
  const duty = dutiesOf(state).find((due) => due === message.kind);
  check(duty !== undefined && isDeepStrictEqual(fulfil(state, duty), message), 'NOT_MY_MESSAGE', 'message');
}

/** What a new round brings: a share once the key is fixed, and the end of whatever was only for the way there. */
function settle(state: NodeState): NodeState {
  switch (state.board.round) {
    case 'ready':
      return withShare(state);
    case 'usable':
      return { ...state, dealing: undefined };
    case 'failed':
      return { ...state, dealing: undefined, share: undefined };
    default:
      return state;
  }
}

function withShare(state: NodeState): NodeState {
  const { board, role, dealing } = state;
  const { recipient } = role;
  if (!dealing || recipient === undefined || !(recipient in board.receivingKeys)) return state;
  const share = keyShareOf(board, dealing, recipient);
  return share === undefined ? state : { ...state, share: encodeScalar(share) };
}
