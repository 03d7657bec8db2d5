/** Counting votes. More than half of those who have a vote now decide; a vote of who has none any more does not count. */
import type { ProposalRecord } from '../records.js';

export type Verdict = Extract<ProposalRecord['state'], 'open' | 'carried' | 'rejected'>;

/** @param voters everybody who has a vote now, voted or not */
export function verdictOf(votes: ProposalRecord['votes'], voters: readonly string[]): Verdict {
  const said = (answer: boolean) => voters.filter((msp) => voteOf(votes, msp) === answer).length;
  if (said(true) * 2 > voters.length) return 'carried';
  const attainable = voters.length - said(false);
  return attainable * 2 > voters.length ? 'open' : 'rejected';
}

/** An MSP id may be called what every object inherits. @returns undefined for who has not voted */
export function voteOf(votes: ProposalRecord['votes'], msp: string): boolean | undefined {
  return Object.hasOwn(votes, msp) ? votes[msp] : undefined;
}
