/** Verifies a ticket certificate step by step, up to the first that does not hold: what comes after it would rest on it. */
import { readCertificate } from './certificate.js';
import {
  checkAllotment,
  checkEvent,
  checkOrganizer,
  checkRequest,
  checkSale,
  checkSeller,
  type Known,
  type Registry,
} from './chain.js';
import { checkCommittee } from './committee.js';
import { checkEnrolments } from './enrolments.js';
import { Findings, StepFailed } from './findings.js';
import { checkHands, checkHolder, type ShownTicket } from './hands.js';

export interface Step {
  readonly title: string;
  readonly about: string;
  readonly outcome: 'holds' | 'fails' | 'not reached';
  readonly findings: Findings;
}

export interface Evidence {
  /** As it arrived. */
  readonly certificate: unknown;
  readonly registry: Registry;
  readonly shown: ShownTicket;
}

interface Check {
  readonly title: string;
  readonly about: string;
  readonly check: (known: Known, findings: Findings, evidence: Evidence) => Promise<void> | void;
}

/** @throws {Error} where the browser has no WebCrypto: pages must come from https or from this machine */
export async function verify(evidence: Evidence): Promise<readonly Step[]> {
  if (!('subtle' in crypto)) throw new Error('Signatures can only be verified on a page served over https.');
  const known = { registry: evidence.registry } as Known;
  const steps: Step[] = [];
  for (const { title, about, check } of CHECKS) {
    const findings = new Findings();
    const reached = steps.every(({ outcome }) => outcome === 'holds');
    if (reached) await run(() => check(known, findings, evidence));
    const outcome = reached ? (findings.hold ? 'holds' : 'fails') : 'not reached';
    steps.push({ title, about, outcome, findings });
  }
  return steps;
}

async function run(check: () => Promise<void> | void): Promise<void> {
  try {
    await check();
  } catch (error) {
    // It is in the findings.
    if (!(error instanceof StepFailed)) throw error;
  }
}

function checkForm(known: Known, findings: Findings, { certificate: arrived, shown }: Evidence): void {
  const certificate = readCertificate(arrived);
  findings.that('it has the form of a certificate, version 1 to 3', certificate !== undefined);
  if (!certificate) throw new StepFailed('form');
  known.certificate = certificate;
  findings.that(`it is about ${shown.ticket}`, certificate.ticket === shown.ticket);
  findings.that(`which is a place of ${certificate.event}`, certificate.ticket.startsWith(`${certificate.event}:`));
}

const CHECKS: readonly Check[] = [
  { title: 'Certificate', about: 'What arrived is the certificate of this ticket.', check: checkForm },
  {
    title: 'Organizer’s key',
    about: 'The organizer registered the key that created the event.',
    check: checkOrganizer,
  },
  { title: 'Event', about: 'The organizer signed the event, and gave it a key of its own.', check: checkEvent },
  {
    title: 'Committee',
    about: 'Where holders are people: the nodes that hold the event’s key together, by their own word.',
    check: checkCommittee,
  },
  {
    title: 'Enrolments',
    about:
      'Where holders are people: whose key speaks for each pseudonym, by the word of as many nodes as make up the key.',
    check: checkEnrolments,
  },
  { title: 'Allotment', about: 'The event’s key gave this place to a seller, at a price.', check: checkAllotment },
  { title: 'Purchase request', about: 'The buyer asked for it, with a limit to the price.', check: checkRequest },
  { title: 'Seller’s key', about: 'The seller registered the key that signed the sale.', check: checkSeller },
  { title: 'Sale', about: 'The seller answered that request, at the allotment’s price.', check: checkSale },
  {
    title: 'Transfers and resales',
    about: 'Whoever passed it on or sold it signed, and so did the next holder.',
    check: checkHands,
  },
  {
    title: 'Current holder',
    about: 'The chain ends where the ledger says that the ticket is.',
    check: (known, findings, { shown }) => checkHolder(known, shown, findings),
  },
];
