/** Cursor pagination: `after` is the last id of the page before, `next` is absent on the last page. */
import { z } from 'zod';
import { digits } from './digits.js';

export const MAX_PAGE = 100;

const limitUpTo = (most: number) => digits(z.int().min(1).max(most)).default(20);
export const pageLimit = limitUpTo(MAX_PAGE);

/** @param cursor what `after` is: the schema of the listed ids @param most on a page */
export const pageQuery = <T extends z.ZodType>(cursor: T, most = MAX_PAGE) =>
  z.strictObject({
    after: cursor.optional().meta({ description: 'continue after this one: `next` of the page before' }),
    limit: limitUpTo(most),
  });

/** @param found up to `limit + 1` items: the one too many says that there is a next page */
export function pageOf<T>(
  found: readonly T[],
  limit: number,
  idOf: (item: T) => string,
): { items: T[]; next?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(found.length > limit && last !== undefined && { next: idOf(last) }) };
}
