/**
 * Two signals as one. `AbortSignal.any` keeps every signal it makes at those it is made of, for as long as they live (measured on Node 20): where one of them
 * outlives the other, as a gateway does its readers, that never ends growing.
 */
export interface Either {
  readonly signal: AbortSignal;
  /** To be called when nobody asks the signal any more: nothing of it stays behind. */
  readonly release: () => void;
}

export function either(...signals: readonly AbortSignal[]): Either {
  const over = new AbortController();
  const end = () => over.abort();
  if (signals.some(({ aborted }) => aborted)) end();
  for (const signal of signals) signal.addEventListener('abort', end, { once: true });
  return {
    signal: over.signal,
    release: () => {
      for (const signal of signals) signal.removeEventListener('abort', end);
    },
  };
}
