/** How an event knows one person from another without knowing who anybody is: the key by which the committee makes pseudonyms, and how far it is. */
import { get, pathTo, Problem } from '../api.js';
import { el, facts, link } from '../dom.js';
import { plural } from '../format.js';
import type { SharedKey } from '../resources.js';
import { badge, type Tone } from '../words.js';
import { orProblem } from './problem.js';
import { mono } from './text.js';

const STATES: Readonly<Record<SharedKey['state'], readonly [string, Tone]>> = {
  generating: ['being made', 'wait'],
  usable: ['in use', 'good'],
  failed: ['failed', 'bad'],
  destroyed: ['destroyed', 'quiet'],
};

export const keyBadge = ({ state }: Pick<SharedKey, 'state'>): HTMLElement => badge(...STATES[state]);

export function credentialsOf(event: string, signal: AbortSignal): HTMLElement {
  const section = el('div', { class: 'credentials' });
  const load = async () => section.append(...wordsOf(await keyOf(event, signal)));
  void orProblem(load(), section);
  return section;
}

function wordsOf(key: SharedKey | undefined): readonly Node[] {
  if (!key) return [el('p', {}, 'Nobody can enrol yet: the committee has not made the event’s key.')];
  const { usable } = key;
  const nodes = usable
    ? `${plural(usable.nodes.length, 'node')}, any ${usable.threshold} of them make a pseudonym and fewer learn nothing`
    : `any ${key.threshold} nodes will make a pseudonym`;
  const committee = link(['organizations'], 'the committee');
  return [
    el('p', {}, 'Holders are pseudonyms of people, made for this event alone by ', committee, '. ', keyBadge(key)),
    facts([
      ['Held by', nodes],
      ...(usable ? [['Key', mono(usable.groupKey)] as const] : []),
      ...(key.failure === undefined ? [] : [['Failed', key.failure] as const]),
    ]),
  ];
}

/** A key that nobody has asked for is not there. @param key `dedup` or an event's id */
export async function keyOf(key: string, signal: AbortSignal): Promise<SharedKey | undefined> {
  try {
    return await get<SharedKey>(pathTo('keys', key), signal);
  } catch (error) {
    if (error instanceof Problem && error.document.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
