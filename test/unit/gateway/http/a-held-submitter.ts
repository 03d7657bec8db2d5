/** A way to the ledger that can be held up, for what is seen while a command is under way. */
import type { Submitter } from '../../../../gateway/fabric/ledger.js';

export class HeldSubmitter implements Submitter {
  /** Commands that are held up. */
  waiting = 0;
  #held: Promise<void> | undefined;
  #release: (() => void) | undefined;

  constructor(private readonly inner: Submitter) {}

  async submit(command: Readonly<Record<string, unknown>>) {
    this.waiting += 1;
    await this.#held;
    this.waiting -= 1;
    return this.inner.submit(command);
  }

  hold(): void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#release?.();
    this.#held = undefined;
  }
}
