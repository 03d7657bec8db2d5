/** The ledger's height, asked for every few seconds while anybody looks: pages that show live numbers subscribe to it. */
import { get } from './api.js';
import type { BlockPage } from './resources.js';

const EVERY_MS = 3_000;

export interface Beat {
  /** Number of the latest block; undefined before the first answer. */
  readonly block: number | undefined;
  /** The last question was answered. */
  readonly answering: boolean;
}
type Listener = (beat: Beat) => void;

export class Pulse {
  readonly #listeners = new Set<Listener>();
  #beat: Beat = { block: undefined, answering: true };

  /** Ask before reading anything else: what is read then is at least as new. */
  get block(): number | undefined {
    return this.#beat.block;
  }

  start(): void {
    void this.#run();
  }

  /** Calls at once with what is known, then with every change, until the signal. */
  subscribe(signal: AbortSignal, listener: Listener): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
    listener(this.#beat);
  }

  async #run(): Promise<void> {
    while (true) {
      if (document.visibilityState === 'visible') this.#set(await this.#ask());
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  async #ask(): Promise<Beat> {
    try {
      const { height } = await get<BlockPage>('/v1/blocks?limit=1');
      return { block: height - 1, answering: true };
    } catch {
      // Whatever it was, the page shows what it last knew and that it is old.
      return { block: this.#beat.block, answering: false };
    }
  }

  #set(beat: Beat): void {
    if (beat.block === this.#beat.block && beat.answering === this.#beat.answering) return;
    this.#beat = beat;
    for (const listener of this.#listeners) listener(beat);
  }
}
