/** The ledger: who keeps it, how far it is, and its latest blocks. */
import { get } from '../api.js';
import { button, el, facts, link, table } from '../dom.js';
import { count, plural } from '../format.js';
import { mono, short, time } from '../parts/text.js';
import { nodeTable, validityBadge } from '../parts/ledger-tables.js';
import { organizationName } from '../parts/organization-name.js';
import { orProblem } from '../parts/problem.js';
import type { Pulse } from '../pulse.js';
import type { Block, BlockPage, Network } from '../resources.js';
import type { Page, Visit } from '../router.js';

const PAGE = 15;

export async function ledgerPage({ signal }: Visit, pulse: Pulse): Promise<Page> {
  const [network, first] = await Promise.all([get<Network>('/v1/network', signal), latest(undefined, signal)]);
  const nodes = el('div', {}, ...nodesOf(network));
  const blocks = el('div');
  let page = first;
  let following = true;
  const turn = async (before: number | undefined) => {
    page = await latest(before, signal);
    draw();
  };
  const draw = () => {
    const { blocks: shown, next } = page;
    const older = button('Older blocks', () => {
      following = false;
      void orProblem(turn(next), blocks);
    });
    const newest = button('Latest blocks', () => {
      following = true;
      void orProblem(refresh(), blocks);
    });
    blocks.replaceChildren(
      blockTable(shown),
      el('p', { class: 'actions' }, ...(following ? [] : [newest, ' ']), ...(next === undefined ? [] : [older])),
    );
  };
  const refresh = async () => {
    const [now, top] = await Promise.all([get<Network>('/v1/network', signal), latest(undefined, signal)]);
    nodes.replaceChildren(...nodesOf(now));
    if (!following) return;
    page = top;
    draw();
  };
  draw();
  pulse.subscribe(signal, ({ block, answering }) => {
    // Without an answer the page keeps what it has; the masthead says so.
    if (answering && block !== undefined && block >= page.height && following) refresh().catch(() => undefined);
  });
  return { title: 'Ledger', content: [el('h1', {}, 'Ledger'), nodes, el('h2', {}, 'Blocks'), blocks] };
}

const latest = (before: number | undefined, signal: AbortSignal) =>
  get<BlockPage>(`/v1/blocks?limit=${PAGE}${before === undefined ? '' : `&before=${before}`}`, signal);

function nodesOf({ channel, consensus, gateway, height, currentHash, peers, orderers }: Network): readonly Node[] {
  return [
    facts([
      ['Channel', channel],
      ['Consensus', consensusWords(consensus, orderers.length)],
      ['Height', plural(height, 'block')],
      ['Latest hash', mono(currentHash)],
      ['Seen by', 'the gateway of ', organizationName(gateway)],
    ]),
    el('h2', {}, 'Peers'),
    nodeTable('Peers keep the ledger and run its rules', peers, height),
    el('h2', {}, 'Orderers'),
    nodeTable('Orderers agree on the order of transactions', orderers, height),
  ];
}

/** A BFT group of n stands f = ⌊(n − 1) / 3⌋ that fail or lie; a Raft group a minority that fails. */
function consensusWords(consensus: string, orderers: number): string {
  if (consensus === 'bft') return `BFT: of ${orderers} orderers, ${Math.floor((orderers - 1) / 3)} may fail or lie`;
  if (consensus === 'raft') return `Raft: of ${orderers} orderers, ${Math.floor((orderers - 1) / 2)} may fail`;
  return consensus;
}

function blockTable(blocks: readonly Block[]): HTMLElement {
  return table(
    'Blocks, the latest first',
    ['Block', 'Time', 'Transactions', 'Commands', 'Validation', 'Hash'],
    blocks.map(({ number, hash, transactions }) => {
      const [first] = transactions;
      const commands = transactions.reduce((sum, each) => sum + each.commands, 0);
      const invalid = transactions.find(({ code }) => code !== 'VALID');
      return [
        link(['ledger', 'blocks', String(number)], count(number)),
        first ? time(first.timestamp, 'seconds') : '–',
        transactions.length,
        commands,
        validityBadge(invalid?.code ?? 'VALID'),
        short(hash, 16),
      ];
    }),
  );
}
