/** From the buyer to whoever has the ticket now: every transfer signed by the one and accepted by the other, and the end of the chain is the holder. */
import type { Certificate } from './certificate.js';
import { numberIn, type Known } from './chain.js';
import { StepFailed, type Findings } from './findings.js';
import { digestOf, keyIn, thumbprintOf, type Statement } from './jws.js';

export async function checkTransfers(known: Known, findings: Findings): Promise<void> {
  const { certificate } = known;
  const { transfers } = certificate.evidence;
  findings.that(`the ledger counts ${certificate.state.hops} of them`, certificate.state.hops === transfers.length);
  let change = -1;
  for (const { transfer, acceptance } of transfers) {
    const given = findings.statement('The transfer', transfer, 'guichet-transfer+jwt', certificate);
    findings.that('it is signed by the holder of that moment', (await signerOf(given, findings)) === known.holder);
    findings.that('it is about this issue of this ticket', isThisIssue(given, certificate));
    findings.that('it comes after the change before it', numberIn(given.payload, 'change') > change);
    const taken = findings.statement('The acceptance', acceptance, 'guichet-transfer-acceptance+jwt', certificate);
    findings.that('it accepts exactly this transfer (its digest)', taken.payload.transfer === (await digestOf(given)));
    const receiver = await signerOf(taken, findings);
    findings.that('it is signed by the holder named in the transfer', given.payload.to === receiver);
    change = numberIn(given.payload, 'change');
    known.holder = receiver;
  }
  findings.that('no transfer is later than the ticket itself', change < certificate.state.change);
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

/** A holder's statement carries its key; its thumbprint is the holder. @throws {StepFailed} if it carries none */
async function signerOf(statement: Statement, findings: Findings): Promise<string> {
  const jwk = keyIn(statement);
  if (!jwk) {
    findings.that('it carries its holder’s key', false);
    throw new StepFailed('jwk');
  }
  await findings.signedBy(statement, jwk, 'the key in it');
  return thumbprintOf(jwk);
}
