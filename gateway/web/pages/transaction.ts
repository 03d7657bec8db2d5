/** One transaction: its commands with the statements that they carry, readable, and what the ledger answered to each. */
import { get, pathTo } from '../api.js';
import { el, facts, link } from '../dom.js';
import { mono, time } from '../parts/text.js';
import { validityBadge } from '../parts/ledger-tables.js';
import { organizationName } from '../parts/organization-name.js';
import { statementIn, statementView } from '../parts/statement.js';
import { membersView } from '../parts/value.js';
import { isObject, type Members } from '../proof/jws.js';
import type { Transaction } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { badge } from '../words.js';

export async function transactionPage([id = '']: readonly string[], { signal }: Visit): Promise<Page> {
  const {
    tx,
    block,
    timestamp,
    mspId,
    code,
    function: called,
    commands,
    outcomes,
  } = await get<Transaction>(pathTo('transactions', id), signal);
  const none = el(
    'p',
    { class: 'empty' },
    'It carries no commands of the box office: it founds the consortium or configures the channel.',
  );
  const views = commands.map((command, index) => commandView(command, outcomes[index], index));
  return {
    title: `Transaction ${tx.slice(0, 8)}`,
    content: [
      el(
        'nav',
        { class: 'crumbs', 'aria-label': 'Path' },
        link(['ledger'], 'Ledger'),
        ' / ',
        link(['ledger', 'blocks', String(block)], `Block ${block}`),
      ),
      el('h1', {}, 'Transaction ', validityBadge(code)),
      facts([
        ['Id', mono(tx)],
        ['Block', link(['ledger', 'blocks', String(block)], block)],
        ['Time', time(timestamp, 'seconds'), ' by its submitter’s clock'],
        ['Submitted by', mspId === undefined ? '–' : organizationName(mspId)],
        ['Function', called ?? '–'],
        ['Validation', code === 'VALID' ? 'VALID: its writes were applied' : `${code}: its writes were not applied`],
      ]),
      el('h2', {}, commands.length === 1 ? 'Command' : 'Commands'),
      ...(views.length === 0 ? [none] : views),
    ],
  };
}

function commandView(command: unknown, outcome: unknown, index: number): HTMLElement {
  const { kind, ...rest }: Members = isObject(command) ? command : { command };
  const statements = Object.entries(rest).flatMap(([name, value]) => {
    const statement = statementIn(value);
    return statement ? [{ name, statement }] : [];
  });
  const others = Object.entries(rest).filter(([name]) => !statements.some((each) => each.name === name));
  const view = el(
    'section',
    { class: 'card command' },
    el('h3', {}, `${index + 1}. ${String(kind)} `, outcomeBadge(outcome)),
  );
  if (others.length > 0) view.append(membersView(Object.fromEntries(others)));
  view.append(...statements.map(({ name, statement }) => statementView(titleOf(name), statement)));
  const answer = isObject(outcome) ? (outcome.receipt ?? outcome.details) : undefined;
  if (isObject(answer)) view.append(el('h4', {}, 'Answer of the ledger'), membersView(answer));
  return view;
}

function outcomeBadge(outcome: unknown): HTMLElement | undefined {
  if (!isObject(outcome)) return undefined;
  if (outcome.accepted !== true) return badge(`refused: ${String(outcome.code)}`, 'bad');
  return outcome.replayed === true ? badge('accepted before', 'quiet') : badge('accepted', 'good');
}

const titleOf = (name: string): string => `Signed ${name}`;
