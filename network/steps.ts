/** Steps with live progress: a list on a terminal, plain lines elsewhere, nothing in tests; each with the time it took. */
import { Listr, PRESET_TIMER } from 'listr2';

export interface Step {
  readonly title: string;
  /** Why there is nothing to do, or undefined. */
  readonly skip?: () => string | undefined;
  readonly run: () => Promise<void>;
}

export type Progress = 'terminal' | 'silent';

/** Runs steps in order; the first failure ends it and is thrown unchanged. */
export async function runSteps(steps: readonly Step[], progress: Progress): Promise<void> {
  let failure: unknown;
  const timer = { ...PRESET_TIMER, field: seconds };
  const tasks = steps.map(({ title, skip, run }) => ({
    title,
    skip: () => {
      const reason = skip?.();
      return reason ?? false;
    },
    task: () =>
      run().catch((error: unknown) => {
        failure = error;
        // The caller prints the reason, once and last, whatever the renderer.
        throw new Error('see below');
      }),
  }));
  const list = new Listr(tasks, {
    renderer: progress === 'silent' ? 'silent' : 'default',
    fallbackRenderer: progress === 'silent' ? 'silent' : 'simple',
    // The command's own handler says what to do next.
    registerSignalListeners: false,
    rendererOptions: { timer, collapseErrors: false, showErrorMessage: false },
    fallbackRendererOptions: { timer },
  });
  await list.run().catch((error: unknown) => {
    throw failure ?? error;
  });
}

const seconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1)} s`;
