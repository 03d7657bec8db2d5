/** The steps of a verification, each with what was checked and the statements it was found in. */
import { el } from '../dom.js';
import type { Finding } from '../proof/findings.js';
import type { Step } from '../proof/verify.js';
import type { Tone } from '../words.js';
import { organizationName } from './organization-name.js';
import { statementView } from './statement.js';

const MARKS = { holds: '✔', fails: '✘', 'not reached': '–' } as const;
const SAID = {
  holds: 'holds',
  fails: 'does not hold',
  'not reached': 'not checked: an earlier step does not hold',
} as const;

export interface RestsOn {
  readonly organizations: readonly string[];
  /** Of the committee that vouches for the holders' keys; undefined where holders are keys. */
  readonly epoch: number | undefined;
}

/**
 * @param state of the ticket: a void one can be proved as well as a valid one
 * @param rests on whose keys
 */
export function proofView(steps: readonly Step[], state: string, { organizations, epoch }: RestsOn): HTMLElement {
  const { tone, words } = verdictOf(steps, state);
  const names = organizations.flatMap((mspId, index) => [index === 0 ? '' : ' and ', organizationName(mspId)]);
  return el(
    'div',
    { class: 'proof' },
    el('p', { class: `verdict ${tone}`, role: 'status' }, words),
    el(
      'p',
      { class: 'quiet' },
      'It rests on the keys that this gateway says are those of ',
      ...names,
      ...(epoch === undefined ? [] : [`, and of the nodes of the committee of epoch ${epoch}`]),
      ': compare them.',
    ),
    el('ol', { class: 'steps' }, ...steps.map(stepView)),
  );
}

const UNUSABLE: Readonly<Record<string, string>> = {
  returned: 'it was returned to its seller',
  refunded: 'its price was given back',
  void: 'the organizer made it void',
};

function verdictOf(steps: readonly Step[], state: string): { readonly tone: Tone; readonly words: string } {
  const failed = steps.find(({ outcome }) => outcome === 'fails');
  if (failed) {
    return { tone: 'bad', words: `✘ This certificate does not prove the ticket: “${failed.title}” does not hold.` };
  }
  const findings = steps.reduce((sum, step) => sum + step.findings.all.length, 0);
  const counted = `${findings} checks in ${steps.length} steps hold`;
  const why = UNUSABLE[state];
  if (why !== undefined)
    return { tone: 'wait', words: `The record is genuine, ${counted}, but it admits nobody: ${why}.` };
  return { tone: 'good', words: `✔ This ticket is genuine: ${counted}.` };
}

function stepView({ title, about, outcome, findings }: Step): HTMLElement {
  const heading = el('h3', {}, mark(outcome), ' ', title, ' ', el('span', { class: 'unseen' }, SAID[outcome]));
  const bad = findings.all.filter(({ holds }) => !holds).map(findingView);
  const good = findings.all.filter(({ holds }) => holds).map(findingView);
  const item = el(
    'li',
    { class: outcome.replace(' ', '-') },
    heading,
    el('p', {}, outcome === 'not reached' ? SAID[outcome] : about),
  );
  if (bad.length > 0) item.append(el('ul', { class: 'findings' }, ...bad));
  if (good.length > 0) {
    const open = el(
      'details',
      {},
      el('summary', {}, `${good.length} checked`),
      el('ul', { class: 'findings' }, ...good),
    );
    open.append(...findings.statements.map((each) => statementView(each.title, each.statement)));
    item.append(open);
  }
  return item;
}

function findingView({ says, holds }: Finding): HTMLElement {
  return el(
    'li',
    { class: holds ? 'holds' : 'fails' },
    mark(holds ? 'holds' : 'fails'),
    holds ? ' ' : ' does not hold: ',
    says,
  );
}

const mark = (outcome: Step['outcome']) => el('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[outcome]);
