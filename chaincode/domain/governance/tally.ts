/**
 * Counting votes. More than half of the members other than the one concerned decide, and never one alone. A suspended member has no vote and keeps its
 * seat: else two of four could suspend the others one by one and then admit whom they like. A vote of who has none any more does not count.
 */
import type { ProposalRecord } from '../records.js';

export type Verdict = Extract<ProposalRecord['state'], 'open' | 'carried' | 'rejected'>;

export interface Electorate {
  /** Everybody who has a vote now, voted or not. */
  readonly voters: readonly string[];
  /** How many must say yes. */
  readonly needed: number;
}

export function verdictOf(votes: ProposalRecord['votes'], { voters, needed }: Electorate): Verdict {
  const said = (answer: boolean) => voters.filter((msp) => voteOf(votes, msp) === answer).length;
  if (said(true) >= needed) return 'carried';
  return voters.length - said(false) >= needed ? 'open' : 'rejected';
}

/** An MSP id may be called what every object inherits. @returns undefined for who has not voted */
export function voteOf(votes: ProposalRecord['votes'], msp: string): boolean | undefined {
  return Object.hasOwn(votes, msp) ? votes[msp] : undefined;
}
