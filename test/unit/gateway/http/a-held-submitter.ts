/** A way to the ledger that can be held up, for what is seen while a command is under way. */
import type { Submitter } from '../../../../gateway/fabric/ledger.js';

export class HeldSubmitter implements Submitter {
  #held: Promise<void> | undefined;
  #release: (() => void) | undefined;

  constructor(private readonly inner: Submitter) {}

  async submit(command: Readonly<Record<string, unknown>>) {
    await this.#held;
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
