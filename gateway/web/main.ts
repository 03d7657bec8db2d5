/** Starts the pages: which address shows what, and the ledger's height in the masthead. */
import { el } from './dom.js';
import { count } from './format.js';
import { allotmentPage } from './pages/allotment.js';
import { blockPage } from './pages/block.js';
import { eventPage } from './pages/event.js';
import { ledgerPage } from './pages/ledger.js';
import { marketPage } from './pages/market.js';
import { organizationPage, organizationsPage } from './pages/organizations.js';
import { seasonPage } from './pages/season.js';
import { ticketPage } from './pages/ticket.js';
import { transactionPage } from './pages/transaction.js';
import { Pulse, type Beat } from './pulse.js';
import { startRouter } from './router.js';

const pulse = new Pulse();
const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
};
const main = part('main');

function showBeat({ block, answering }: Beat): void {
  const text = block === undefined ? '' : `Block ${count(block)}`;
  part('pulse').replaceChildren(
    ...(text === '' && answering ? [] : [el('span', { class: 'dot' }), answering ? text : 'No answer']),
  );
  part('pulse').classList.toggle('lost', !answering);
}

pulse.subscribe(new AbortController().signal, showBeat);
pulse.start();
document.querySelector('.skip')?.addEventListener('click', (event) => {
  // The fragment is the router's.
  event.preventDefault();
  main.focus();
});

startRouter(
  {
    '': seasonPage,
    'events/:': (parameters, visit) => eventPage(parameters, visit, pulse),
    'events/:/:': (parameters, visit) => allotmentPage(parameters, visit, pulse),
    'markets/:': (parameters, visit) => marketPage(parameters, visit, pulse),
    tickets: ticketPage,
    'tickets/:': ticketPage,
    ledger: (_, visit) => ledgerPage(visit, pulse),
    'ledger/blocks/:': blockPage,
    'ledger/transactions/:': transactionPage,
    organizations: organizationsPage,
    'organizations/:': organizationPage,
  },
  main,
);
