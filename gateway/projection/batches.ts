/** Takes together what is there already: the more the consumer is behind, the more it gets at once. */

/** @param most items that are taken ahead @throws what the source throws, once what came before is taken */
export async function* batches<T>(source: AsyncIterable<T>, most: number): AsyncGenerator<readonly T[]> {
  const queue: T[] = [];
  const ready = new Bell();
  const space = new Bell();
  let ended: { readonly cause?: unknown } | undefined;
  const iterator = source[Symbol.asyncIterator]();
  const pump = async (): Promise<void> => {
    try {
      for (let item = await iterator.next(); item.done !== true; item = await iterator.next()) {
        queue.push(item.value);
        ready.ring();
        while (queue.length >= most && !ended) await space.rung();
        if (ended) return;
      }
      ended = {};
    } catch (cause) {
      ended = { cause };
    } finally {
      ready.ring();
    }
  };
  void pump();
  try {
    while (true) {
      while (queue.length === 0 && !ended) await ready.rung();
      if (queue.length === 0) break;
      const taken = queue.splice(0);
      space.ring();
      yield taken;
    }
  } finally {
    ended ??= {};
    space.ring();
  }
  if ('cause' in ended) throw ended.cause;
}

/** Rings for whoever waits, or for the next one who will. */
class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  async rung(): Promise<void> {
    if (!this.#isRung) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#isRung = false;
    this.#wake = undefined;
  }
}
