/** A book that says so when it does not answer: without it nobody knows which seats are held, so nothing is sold past it. */
import { GatewayError } from '../errors.js';
import type { HoldBook } from './hold-book.js';

type Method = Exclude<keyof HoldBook, 'isShared'>;

/** Each method @throws {GatewayError} STORE_UNAVAILABLE */
export function answering(book: HoldBook): HoldBook {
  const guarded =
    <A extends readonly unknown[], T>(run: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      try {
        return await run(...given);
      } catch (cause) {
        throw new GatewayError('STORE_UNAVAILABLE', {}, { cause });
      }
    };
  const methods: Pick<HoldBook, Method> = {
    add: guarded((...given) => book.add(...given)),
    find: guarded((...given) => book.find(...given)),
    findAsked: guarded((...given) => book.findAsked(...given)),
    extend: guarded((...given) => book.extend(...given)),
    sold: guarded((...given) => book.sold(...given)),
    release: guarded((...given) => book.release(...given)),
    takeBack: guarded((...given) => book.takeBack(...given)),
    heldOf: guarded((...given) => book.heldOf(...given)),
    heldAmong: guarded((...given) => book.heldAmong(...given)),
    markSelling: guarded((...given) => book.markSelling(...given)),
    sellingOf: guarded((...given) => book.sellingOf(...given)),
    sellingAmong: guarded((...given) => book.sellingAmong(...given)),
    forgetSelling: guarded((...given) => book.forgetSelling(...given)),
    forget: guarded((...given) => book.forget(...given)),
  };
  return { isShared: book.isShared, ...methods };
}
