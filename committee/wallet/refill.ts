/** What a refill keeps of the handles before it: however often somebody goes to a counter, the state stays within its bound. */
import type { BlindedState, WalletState } from './state.js';

/**
 * Without what is over, and without what nobody has signed by now: nobody will. Where the others are too many, those of credentials that have their key go
 * first, whose work is done, then unused ones; the oldest of each.
 */
export function keptInRefill(state: WalletState, room: number, nowMs: number): readonly BlindedState[] {
  const valid = state.blinded.filter(({ signed }) => signed && signed.exp * 1000 > nowMs);
  const newestMaster = valid.findLast(({ kind }) => kind === 'master');
  const kept = valid.filter((each) => each.kind === 'event' || each === newestMaster);
  const dispensable = [
    ...kept.filter(({ event }) => event !== undefined && isDone(state, event)),
    ...kept.filter(({ kind, event }) => kind === 'event' && event === undefined),
  ];
  const dropped = new Set(dispensable.slice(0, Math.max(0, kept.length - room)));
  return kept.filter((each) => !dropped.has(each));
}

function isDone({ credentials }: WalletState, event: string): boolean {
  const { current, next } = credentials[event] ?? {};
  return current !== undefined && next === undefined;
}
