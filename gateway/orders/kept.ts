/** The few results last used of work that never comes out differently, each done once however many ask for it at the same time. */
export class Kept<T> {
  readonly #results = new Map<string, Promise<T>>();

  constructor(readonly limit: number) {}

  get(name: string, work: () => Promise<T>): Promise<T> {
    const known = this.#results.get(name);
    if (known) return this.#use(name, known);
    const [oldest] = this.#results.keys();
    if (this.#results.size >= this.limit && oldest !== undefined) this.#results.delete(oldest);
    const result = work();
    this.#results.set(name, result);
    // Whoever asked hears of the failure; whoever asks next tries again.
    result.catch(() => {
      if (this.#results.get(name) === result) this.#results.delete(name);
    });
    return result;
  }

  /** The oldest entry is the one that was not used for longest. */
  #use(name: string, known: Promise<T>): Promise<T> {
    this.#results.delete(name);
    this.#results.set(name, known);
    return known;
  }
}
