/** The committee: whose nodes hold which share of its keys, and the key by which nobody registers twice. */
import { get, Problem } from '../api.js';
import { el, facts, table } from '../dom.js';
import type { Committee } from '../resources.js';
import { keyBadge, keyOf } from './credentials.js';
import { organizationName } from './organization-name.js';
import { orProblem } from './problem.js';
import { mono } from './text.js';

export function committeeOf(signal: AbortSignal): HTMLElement {
  const section = el('section', {}, el('h2', {}, 'The committee'));
  const load = async () => {
    const committee = await appointed(signal);
    section.append(...(committee ? await wordsOf(committee, signal) : [none()]));
  };
  void orProblem(load(), section);
  return section;
}

const none = () => el('p', { class: 'empty' }, 'None has been appointed yet, so nobody can enrol.');

async function wordsOf({ epoch, threshold, members }: Committee, signal: AbortSignal): Promise<readonly Node[]> {
  const dedup = await keyOf('dedup', signal);
  const rows = members.map(({ mspId, node, jwk }, at) => [
    String(at + 1),
    organizationName(mspId),
    node,
    mono(`${jwk.x.slice(0, 16)}…`),
  ]);
  const words = `Epoch ${epoch}: ${members.length} nodes, of which any ${threshold} can tell that a person is the same person, and fewer learn nothing.`;
  return [
    el('p', { class: 'lead' }, words),
    facts([['Key against registering twice', dedup ? keyBadge(dedup) : 'not made yet']]),
    table('Nodes of the committee', ['Index', 'Organization', 'Node', 'Key'], rows),
  ];
}

/** Whether there is one is a question like any other. */
async function appointed(signal: AbortSignal): Promise<Committee | undefined> {
  try {
    return await get<Committee>('/v1/committee', signal);
  } catch (error) {
    if (error instanceof Problem && error.document.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
