/** Mocha's own spec reporter, which also leaves its counts, and what failed, in the file that run.ts names. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END, EVENT_TEST_FAIL } = Mocha.Runner.constants;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Title and first line of each failure: a long log is read from its end. */
  readonly failures: readonly string[];
}

class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const failed: string[] = [];
    runner.on(EVENT_TEST_FAIL, (test: Mocha.Runnable, error: Error) => {
      failed.push(`${test.fullTitle()}: ${error.message}`);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = { passed: passes, failed: failures, skipped: pending, failures: failed };
      const file = process.env.GUICHET_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
}

// Mocha takes reporters by `require`, which gives this to it as the module itself.
export { CountingReporter as 'module.exports' };
