/** Books of holds of which some methods do something else. */
import type { HoldBook } from '../../gateway/holds/hold-book.js';

export const bookWith = (book: HoldBook, changed: Partial<HoldBook>): HoldBook =>
  new Proxy(book, {
    get(of, name) {
      const value: unknown = Reflect.get(name in changed ? changed : of, name);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });

/** What became of a sale is written after its buyer was answered: `settled` waits for it. */
export function noted(book: HoldBook) {
  const writing: Promise<void>[] = [];
  const note = (written: Promise<void>) => {
    writing.push(written.catch(() => undefined));
    return written;
  };
  return {
    book: bookWith(book, {
      markSelling: (seats) => note(book.markSelling(seats)),
      forgetSelling: (beforeMs) => note(book.forgetSelling(beforeMs)),
    }),
    async settled(): Promise<void> {
      while (writing.length > 0) {
        await Promise.all(writing.splice(0));
        // What waited for these is begun then.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
