/** One node's part in one generation, as of one look at the ledger: its state after it, what it has to post, and when nothing is left to keep. Pure. */
import type { Posted } from '../../chaincode/domain/key-generation/board.js';
import { ownerOfKey } from '../../chaincode/domain/committee-keys.js';
import { isMarketKeyOver } from '../../chaincode/domain/key-generation/retirement.js';
import { owed, step, type NodeState, type Outgoing } from '../protocol/index.js';
import type { KeyName } from '../storage/share-store.js';
import { follow, overdue } from './follow.js';
import type { KeyView } from './key-ledger.js';
import { eventKeyIsOver } from './wanted.js';

export interface Look {
  readonly name: KeyName;
  readonly view: KeyView;
  /** Milliseconds since 1970, by this node's own clock. */
  readonly nowMs: number;
}

/** The newest generation, and the ledger awaits its end. */
export const isUnderWay = ({ name, view: { key } }: Look): boolean =>
  key?.state === 'generating' && key.generation === name.generation;

/** Nobody needs a share of it any more: the event is over, the market revealed or aborted, or the key has moved on to a later generation. */
export function isOutOfUse({ name, view: { event, market, key }, nowMs }: Look): boolean {
  const isBehind = key?.key !== undefined && key.key.generation > name.generation;
  if (isBehind) return true;
  if (isMarkets(name)) return market !== undefined && isMarketKeyOver(market.state);
  return event !== undefined && eventKeyIsOver(event, nowMs);
}

const isMarkets = ({ owner }: KeyName): boolean => ownerOfKey(owner).market !== undefined;

/** The market has closed meanwhile: the ledger makes no other key of it any more, and somebody has to say so. */
const cameTooLate = (look: Look): boolean =>
  isUnderWay(look) && isMarkets(look.name) && look.view.market !== undefined && look.view.market.state !== 'open';

/** The ledger has said that it came to nothing. */
const hasFailed = ({ name, view: { key } }: Look): boolean =>
  key?.state === 'failed' && key.generation === name.generation;

/** @throws {Fault} NOT_MY_MESSAGE and whatever else the ledger should not have taken */
export function partAfter(state: NodeState, posted: Posted, look: Look): NodeState {
  const next = overdue(follow(state, posted), posted, look.nowMs);
  return isOutOfUse(look) && !next.destroyed ? step(next, { kind: 'destroy' }).state : next;
}

export function outgoingOf(state: NodeState, look: Look): readonly Outgoing[] {
  if (hasFailed(look)) return [];
  if (cameTooLate(look)) return [{ kind: 'advance', from: state.board.round }];
  const ends = cameToNothing(state, look) || isDestroyed(state, look);
  return [...owed(state), ...(ends ? [{ kind: 'advance', from: state.board.round } as const] : [])];
}

/** Everybody has posted and there is no key: somebody has to say so. */
const cameToNothing = ({ board }: NodeState, look: Look): boolean => board.round === 'failed' && isUnderWay(look);

/** So few shares are left that the ledger can call the key destroyed. Whoever sees it first says so. */
function isDestroyed({ board, destroyed }: NodeState, { name, view: { key, event } }: Look): boolean {
  const isInUse = key?.key?.generation === name.generation;
  if (!event || !destroyed || !isInUse || !board.outcome) return false;
  return Object.keys(board.outcome.publicShares).length - board.destroyed.length < board.outcome.threshold;
}

/** Nothing of it is secret and nothing is left to say. */
export function isFinished({ board, role, destroyed }: NodeState, look: Look): boolean {
  if (isUnderWay(look)) return false;
  if (hasFailed(look)) return true;
  const { recipient } = role;
  // Who only dealt, for the next committee, has no share to destroy.
  if (board.round === 'failed' || recipient === undefined) return true;
  const held = board.round === 'usable' && recipient in (board.outcome?.publicShares ?? {});
  return destroyed === true && (!held || board.destroyed.includes(recipient));
}
