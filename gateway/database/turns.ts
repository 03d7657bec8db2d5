/** One at a time: who has the turn, has it alone until it is given back. */

export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is one's turn. @returns what gives it back */
  async take(): Promise<() => void> {
    const before = this.#last;
    let giveBack: () => void = () => undefined;
    this.#last = new Promise((resolve) => (giveBack = resolve));
    await before;
    return giveBack;
  }
}
