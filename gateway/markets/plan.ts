/**
 * What is to be done about a market now. It follows from what is on the ledger and from the time alone: whoever looks, whenever, and whatever crashed
 * before, comes to the same. Pure.
 */
import { namedFrom } from '../../chaincode/domain/market/silent-nodes.js';
import { isOver } from '../../chaincode/domain/market/standing.js';
import { PAGES_PER_CLEARING } from '../../chaincode/domain/rules/market-clear.js';
import type { PagedStep, SingleStep, Step } from './step.js';
import type { MarketView } from './view.js';

/** What others have to do first, or time. */
export type Awaited = 'closesAt' | 'key' | 'shares' | 'doors';

export interface Plan {
  readonly due: readonly Step[];
  readonly awaited?: Awaited;
  /** When time alone makes something due. */
  readonly nextAt?: string;
  /** Nothing will ever be due again. */
  readonly isDone?: true;
}

/** @param now RFC 3339 UTC to the second */
export function planOf(view: MarketView, now: string): Plan {
  const { record, cancelled, held } = view;
  if (isOver(record.state)) return held.length === 0 ? { due: [], isDone: true } : { due: held.map(release) };
  if (cancelled || (isAbortable(view) && now >= abortableFrom(view))) return aborting(view);
  if (record.state === 'open') return whileOpen(view, now);
  if (record.state === 'closed') return whileClosed(view);
  if (record.state === 'frozen') return whileFrozen(view);
  if (record.state === 'revealed') return whileRevealed(view);
  return whileCleared(view, now);
}

const release = (credential: string): Step => ({ kind: 'release', credential });
const only = (kind: SingleStep): Plan => ({ due: [{ kind }] });
const pages = (kind: PagedStep, { missing }: MarketView): Step[] => missing[kind].map((page) => ({ kind, page }));

const isEnough = ({ key, shares }: MarketView): boolean => key !== undefined && shares >= key.threshold;

/** Where the shares are there, it is not the committee that keeps silent. */
const isAbortable = (view: MarketView): boolean => {
  const { state } = view.record;
  return state === 'open' || state === 'closed' || (state === 'frozen' && !isEnough(view));
};

/** Who aborts as soon as the ledger lets him may not have given the nodes the time to answer that names them. */
function abortableFrom({ record }: MarketView): string {
  const named = record.state === 'frozen' ? namedFrom(record) : record.abortableAt;
  return named > record.abortableAt ? named : record.abortableAt;
}

/** A market that is still open may be closed late too: with enough statements the ledger takes the one, with fewer the other. */
function aborting({ record, key, cancelled }: MarketView): Plan {
  const closing = record.state === 'open' && key !== undefined && !cancelled;
  return closing ? { due: [{ kind: 'close' }, { kind: 'abort' }] } : only('abort');
}

/** Nobody could order without a key, and nobody can close: it is aborted. */
function whileOpen({ record: { closesAt, abortableAt }, key }: MarketView, now: string): Plan {
  if (now < closesAt) return { due: [], awaited: 'closesAt', nextAt: closesAt };
  if (!key) return { due: [], awaited: 'key', nextAt: abortableAt };
  return { ...only('close'), nextAt: abortableAt };
}

function whileClosed(view: MarketView): Plan {
  const freezing = pages('freeze', view);
  const due = freezing.length > 0 ? freezing : [{ kind: 'root' } as const];
  return { due: [...due, ...pages('supply', view)], nextAt: view.record.abortableAt };
}

function whileFrozen(view: MarketView): Plan {
  const supply = pages('supply', view);
  if (isEnough(view)) return { due: [{ kind: 'unseal' }, ...supply] };
  return { due: supply, awaited: 'shares', nextAt: abortableFrom(view) };
}

/** When the doors are open, what is not settled lapses. */
function whileRevealed(view: MarketView): Plan {
  if (view.doorsOpened) return only('finish');
  const looking = [...pages('read', view), ...pages('supply', view)];
  if (looking.length > 0) return { due: looking };
  return { due: [{ kind: 'clear', part: (view.record.clearedPages ?? 0) / PAGES_PER_CLEARING }] };
}

function whileCleared(view: MarketView, now: string): Plan {
  const settling = pages('settle', view);
  if (view.doorsOpened || settling.length === 0) return only('finish');
  if (now >= view.doorsOpenAt) return { due: [], awaited: 'doors' };
  return { due: settling };
}
