/** Mocha's own spec reporter, which also leaves its counts in the file that run.ts names. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const { EVENT_RUN_END } = Mocha.Runner.constants;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = { passed: passes, failed: failures, skipped: pending };
      const file = process.env.GUICHET_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
}

// Mocha takes reporters by `require`, which gives this to it as the module itself.
export { CountingReporter as 'module.exports' };
