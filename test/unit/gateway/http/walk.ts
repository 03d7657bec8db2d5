/** A list read page by page, from its first page to its last. */
import { expect } from 'chai';
import type { RawAnswer } from './raw.js';

export type Listed = Readonly<Record<string, unknown>>;

export interface Walk {
  readonly path: string;
  /** What the list's items are under. */
  readonly member: string;
  readonly limit: number;
  readonly ask: (target: string) => Promise<RawAnswer>;
}

/** A page with a next one is full, and the last has none. */
export async function walk({ path, member, limit, ask }: Walk): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for (let after = ''; ;) {
    const { status, body } = await ask(`${path}?limit=${limit}${after}`);
    expect(status, path).to.equal(200);
    const items = body[member] as Listed[];
    found.push(...items);
    expect(items, 'no page has more than was asked for').to.have.length.at.most(limit);
    if (after !== '') expect(items, 'there is no page after the last').not.to.be.empty;
    if (body.next === undefined) return found;
    expect(items, 'a page with a next one is full').to.have.length(limit);
    after = `&after=${encodeURIComponent(body.next as string)}`;
  }
}

/** Whatever the size of its pages, a list has the same items in the same order, each once. @returns them */
export async function sameByAnyPages(list: Omit<Walk, 'limit'>): Promise<readonly Listed[]> {
  const whole = await walk({ ...list, limit: 100 });
  expect(new Set(whole.map((each) => JSON.stringify(each))).size, list.path).to.equal(whole.length);
  for (const limit of [1, 2, whole.length])
    expect(await walk({ ...list, limit }), `${list.path} by ${limit}`).to.deep.equal(whole);
  return whole;
}
