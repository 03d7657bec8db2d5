/** Asks only for what is looked at: a hall has many sections, and nobody sees them all at once. */

type Refresh = () => void;

export class InView {
  readonly #refreshes = new WeakMap<Element, Refresh>();
  readonly #seen = new Set<Element>();
  readonly #observer = new IntersectionObserver((entries) => this.#note(entries), { rootMargin: '120px' });

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.#observer.disconnect(), { once: true });
  }

  /** Calls when the element comes into view, and with every `again` while it is. */
  observe(element: Element, refresh: Refresh): void {
    this.#refreshes.set(element, refresh);
    this.#observer.observe(element);
  }

  again(): void {
    for (const element of this.#seen) this.#refreshes.get(element)?.();
  }

  #note(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) this.#seen.delete(target);
      else if (!this.#seen.has(target)) {
        this.#seen.add(target);
        this.#refreshes.get(target)?.();
      }
    }
  }
}
