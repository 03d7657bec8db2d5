/** The books: what an organization owes and is owed, line by line with its place on the ledger, and that all books together are balanced. */
import type { StatementResource } from '../../client/resources.js';
import type { Party, Stage } from '../cast.js';
import { balanceOf } from '../exchange.js';
import { pounds } from '../pounds.js';

type Line = StatementResource['lines'][number];

/** @param since a time before the story began */
export async function tellBooks(stage: Stage, since: string): Promise<void> {
  const { narrator, organizer, reseller, venue, fans } = stage;
  narrator.chapter(
    'The books',
    `What ${reseller.mspId} owes (negative) and is owed for this event. Block, transaction and entry say where each line stands on the ledger; every organization computes the same from its own peer.`,
  );
  const books = await Promise.all([organizer, reseller, venue].map((party) => linesOf(party, stage.event, since)));
  const [, own = []] = books;
  for (const { block, index, entry, kind, amountMinor, counterparty = '' } of own)
    narrator.fact(
      `${block}.${index}.${entry}`,
      `${kind.padEnd(11)}${pounds(amountMinor).padStart(9)}  ${counterparty.slice(0, 18)}`,
    );
  narrator.fact('balance', `${''.padEnd(11)}${pounds(sumOf(own)).padStart(9)}`);
  const held = await Promise.all(Object.values(fans).map((fan) => balanceOf(stage, fan)));
  const fansMinor = held.reduce((sum, balance) => sum + balance, 0);
  narrator.holds(
    `All organizations together owe ${pounds(-sumOf(books.flat()))}: to the penny what the fans have on their accounts`,
    sumOf(books.flat()) + fansMinor === 0,
  );
}

export const sumOf = (lines: readonly Line[]): number => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** The lines of one event in an organization's own statement. */
export async function linesOf({ client }: Party, event: string, from: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let after: string | undefined;
  do {
    const page = await client.statement({ currency: 'GBP', from, limit: '100', ...(after !== undefined && { after }) });
    lines.push(...page.lines.filter((line) => line.event === event));
    after = page.next;
  } while (after !== undefined);
  return lines;
}
