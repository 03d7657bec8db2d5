/** Versions of an event's tickets in one block, as the table of history has them: transaction by transaction, each with its tickets in the order of its writes. */
import type { TicketState } from '../../../chaincode/domain/records.js';

export interface Version {
  readonly place: string;
  readonly block: number;
  /** The transaction's place in its block. */
  readonly index: number;
  readonly tx: string;
  readonly state: TicketState;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
}

type Written = readonly [place: string, state: TicketState, issue: number, change: number, holder: string];
type InTransaction = readonly [index: number, tx: string, written: Written[]];

/** Those of one block, as they come. */
export class BlockVersions {
  readonly #transactions: InTransaction[] = [];

  add({ index, tx, place, state, issue, change, holder }: Omit<Version, 'block'>): void {
    let last = this.#transactions.at(-1);
    if (last?.[0] !== index) this.#transactions.push((last = [index, tx, []]));
    last[2].push([place, state, issue, change, holder]);
  }

  get text(): string {
    return JSON.stringify(this.#transactions);
  }
}

/** In the order of the ledger, those of one transaction in the order of their places. */
export function versionsIn(block: number, text: string): readonly Version[] {
  return (JSON.parse(text) as readonly InTransaction[]).flatMap(([index, tx, written]) =>
    written
      .map(([place, state, issue, change, holder]) => ({ place, block, index, tx, state, issue, change, holder }))
      .sort((a, b) => (a.place < b.place ? -1 : 1)),
  );
}
