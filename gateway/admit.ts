/** Admitting an organization: its admission is proposed through one gateway and voted for through the others, until a majority has carried it. */
import type { Founder } from '../chaincode/domain/records.js';
import { carryAction, NotCarried, reasonOf, type Voters } from './carry.js';
import type { GuichetClient } from './client/guichet-client.js';
import { awaitOrganization } from './key-setup.js';

export interface AdmitOptions {
  readonly newcomer: Founder;
  /** The first one proposes. Not the newcomer: it has no vote. */
  readonly voters: Voters;
  readonly report: (line: string) => void;
}

/** What keeps the organization out, in one line. */
export class AdmissionError extends Error {
  override readonly name = 'AdmissionError';
}

/** Running it again goes on where it stopped. @throws {AdmissionError} */
export async function admitOrganization({ newcomer, voters, report }: AdmitOptions): Promise<void> {
  const { mspId, name, roles } = newcomer;
  const [{ mspId: first, client }] = voters;
  try {
    if (await isMember(client, mspId)) report(`${mspId} is a member`);
    else {
      const organization = { mspId, name, roles: [...roles] };
      await carryAction({ action: { kind: 'organization.admit', organization }, voters, report });
    }
    await awaitOrganization(client, mspId);
  } catch (error) {
    if (error instanceof AdmissionError) throw error;
    const why = error instanceof NotCarried ? error.message : `${first}'s gateway: ${reasonOf(error)}`;
    throw new AdmissionError(`${mspId} is not admitted: ${why}`, { cause: error });
  }
}

async function isMember(client: GuichetClient, mspId: string): Promise<boolean> {
  const { organizations } = await client.organizations();
  const member = organizations.find((each) => each.mspId === mspId);
  if (member?.status === 'suspended') throw new AdmissionError(`${mspId} is suspended: it takes a reinstatement`);
  return member !== undefined;
}
