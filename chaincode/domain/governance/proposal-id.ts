/** A proposal's id: its proposer and the id of the command that proposed it. */
import { z } from 'zod';
import { commandId, mspId } from '../ids.js';

const isProposalId = (text: string): boolean => {
  const [msp, id, ...rest] = text.split('/');
  return rest.length === 0 && mspId.safeParse(msp).success && commandId.safeParse(id).success;
};

export const proposalId = z.string().max(129).refine(isProposalId, { error: 'is not a proposal id "MSP/id"' });

export const proposalIdOf = (proposer: string, id: string): string => `${proposer}/${id}`;
