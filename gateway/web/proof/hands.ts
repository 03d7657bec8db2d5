/**
 * From the buyer to whoever has the ticket now: every transfer and every resale signed by both sides, and the end of the
 * chain is the holder.
 */
import type { Certificate, Resold, Transferred } from './certificate.js';
import { numberIn, type Known } from './chain.js';
import type { Findings } from './findings.js';
import { digestOf, type Statement } from './jws.js';
import { holderOf } from './speakers.js';

export async function checkHands(known: Known, findings: Findings): Promise<void> {
  const { certificate } = known;
  const { hands } = certificate.evidence;
  findings.that(`the ledger counts ${certificate.state.hops} of them`, certificate.state.hops === hands.length);
  let change = -1;
  for (const hand of hands) {
    const next =
      hand.kind === 'transfer' ? await transferred(hand, known, findings) : await resold(hand, known, findings);
    findings.that('it comes after the change before it', next.change > change);
    change = next.change;
    known.holder = next.holder;
  }
  findings.that('none of them is later than the ticket itself', change < certificate.state.change);
}

/** Who has it then, and the change that the ticket was at before. */
interface Next {
  readonly holder: string;
  readonly change: number;
}

async function transferred(hand: Transferred, known: Known, findings: Findings): Promise<Next> {
  const { certificate, speakers } = known;
  const given = findings.statement('The transfer', hand.transfer, 'guichet-transfer+jwt', certificate);
  await isFromHolder(given, hand.block, known, findings);
  const taken = findings.statement('The acceptance', hand.acceptance, 'guichet-transfer-acceptance+jwt', certificate);
  findings.that('it accepts exactly this transfer (its digest)', taken.payload.transfer === (await digestOf(given)));
  const receiver = await holderOf(taken, hand.block, speakers, findings);
  findings.that('it is signed by the holder named in the transfer', given.payload.to === receiver);
  return { holder: receiver, change: numberIn(given.payload, 'change') };
}

async function resold(hand: Resold, known: Known, findings: Findings): Promise<Next> {
  const { certificate, event, speakers } = known;
  const listing = findings.statement('The listing', hand.listing, 'guichet-listing+jwt', certificate);
  const listedAt = hand.listed?.block ?? hand.block;
  findings.that('it was listed before it was bought', listedAt <= hand.block);
  await isFromHolder(listing, listedAt, known, findings);
  const purchase = findings.statement('The purchase', hand.purchase, 'guichet-resale-purchase+jwt', certificate);
  findings.that('it takes exactly this listing (its digest)', purchase.payload.listing === (await digestOf(listing)));
  const [asked, paid] = [listing.payload, purchase.payload];
  const change = numberIn(asked, 'change');
  const same = isThisIssue(purchase, certificate) && numberIn(paid, 'change') === change + 1;
  findings.that('it is about this issue of this ticket, as it was listed', same);
  findings.that('it names the holder of that moment as the seller', paid.seller === known.holder);
  findings.that(`it lets ${String(asked.reseller)} execute it, as the listing does`, paid.reseller === asked.reseller);
  findings.that('it names the listing’s allotment', paid.allotment === asked.allotment);
  findings.that('it pays no more than was asked', numberIn(paid, 'totalMinor') <= numberIn(asked, 'totalMinor'));
  findings.that('it is in the event’s currency', paid.currency === event.currency);
  const buyer = await holderOf(purchase, hand.block, speakers, findings);
  findings.that('it is signed by somebody else than the seller', buyer !== known.holder);
  return { holder: buyer, change };
}

/** Whoever has the ticket at that moment signed it away. */
async function isFromHolder(
  statement: Statement,
  block: number,
  { certificate, holder, speakers }: Known,
  findings: Findings,
): Promise<void> {
  const from = await holderOf(statement, block, speakers, findings);
  findings.that('it is signed by the holder of that moment', from === holder);
  findings.that('it is about this issue of this ticket', isThisIssue(statement, certificate));
}

/** @param shown the ticket as the ledger's record has it, asked for separately */
export function checkHolder({ certificate, allotment, holder }: Known, shown: ShownTicket, findings: Findings): void {
  const { state } = certificate;
  findings.that(`the chain ends with the holder ${state.holder}`, holder === state.holder);
  findings.that('the ticket is of this allotment', state.allotment === allotment.allotment);
  const same = shown.holder === state.holder && shown.issue === state.issue && shown.state === state.state;
  findings.that(
    'the ledger’s own record, asked for separately, has the same holder, issue, change and state',
    same && shown.change === state.change,
  );
}

export interface ShownTicket {
  readonly ticket: string;
  readonly state: string;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
}

const isThisIssue = ({ payload }: Statement, { ticket, state }: Certificate): boolean =>
  payload.ticket === ticket && payload.issue === state.issue;
