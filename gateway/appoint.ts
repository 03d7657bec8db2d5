/** Appointing the committee: the nodes say which keys are theirs, the organizations vote on them, and the nodes then make the dedup key by themselves. */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { jwkSchema, thumbprintOf } from '../chaincode/crypto/jwk.js';
import type { ActionOf } from '../chaincode/domain/governance/action.js';
import { carryAction, NotCarried, reasonOf, type Voters } from './carry.js';
import type { GuichetClient } from './client/guichet-client.js';
import { ProblemError } from './client/problem-error.js';
import type { CommitteeResource } from './client/resources.js';

/** A node as the network describes it. */
export interface CommitteeNode {
  readonly mspId: string;
  readonly node: string;
  readonly url: string;
}

export interface AppointOptions {
  readonly nodes: readonly CommitteeNode[];
  readonly threshold: number;
  /** The first one proposes. */
  readonly voters: Voters;
  readonly report: (line: string) => void;
  readonly keyWithinMs?: number;
}

/** What keeps the committee from its work, in one line. */
export class AppointmentError extends Error {
  override readonly name = 'AppointmentError';
}

type Appointment = ActionOf<'committee.appoint'>;

const ATTEMPT_MS = 5_000;
const KEY_WITHIN_MS = 60_000;
const PAUSE_MS = 200;

/** Does nothing where this very committee is appointed and has its key. @throws {AppointmentError} */
export async function appointCommittee(options: AppointOptions): Promise<void> {
  const { nodes, threshold, voters, report, keyWithinMs = KEY_WITHIN_MS } = options;
  const [{ client }] = voters;
  try {
    const members = await Promise.all(nodes.map(memberOf));
    const before = await committeeOf(client);
    const isAppointed = before !== undefined && isSame(before, { threshold, members });
    const epoch = (before?.epoch ?? 0) + (isAppointed ? 0 : 1);
    if (isAppointed) report(`the committee of epoch ${epoch} is appointed`);
    else await carryAction({ action: { kind: 'committee.appoint', epoch, threshold, members }, voters, report });
    await awaitKey(nodes, { epoch, threshold, withinMs: keyWithinMs });
    report(`the committee of epoch ${epoch} has its key`);
  } catch (error) {
    if (error instanceof AppointmentError) throw error;
    const why = error instanceof NotCarried ? error.message : reasonOf(error);
    throw new AppointmentError(`the committee is not appointed: ${why}`, { cause: error });
  }
}

const nodeSchema = z.object({
  mspId: z.string(),
  node: z.string(),
  jwk: jwkSchema,
  keys: z.array(z.object({ owner: z.string(), epoch: z.int(), state: z.string(), held: z.boolean() })),
});

async function askNode({ url, mspId, node }: CommitteeNode): Promise<z.infer<typeof nodeSchema>> {
  try {
    const response = await fetch(`${url}/v1/node`, { signal: AbortSignal.timeout(ATTEMPT_MS) });
    return nodeSchema.parse(await response.json());
  } catch (error) {
    throw new AppointmentError(`${mspId}/${node} at ${url} does not say who it is: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function memberOf(expected: CommitteeNode): Promise<Appointment['members'][number]> {
  const { mspId, node, jwk } = await askNode(expected);
  if (mspId === expected.mspId && node === expected.node) return { mspId, node, jwk };
  throw new AppointmentError(`${expected.url} is ${mspId}/${node}, not ${expected.mspId}/${expected.node}`);
}

async function committeeOf(client: GuichetClient): Promise<CommitteeResource | undefined> {
  try {
    return await client.committee();
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function isSame(committee: CommitteeResource, { threshold, members }: Pick<Appointment, 'threshold' | 'members'>) {
  const names = (all: Appointment['members']) =>
    all.map(({ mspId, node, jwk }) => `${mspId}/${node} ${thumbprintOf(jwk)}`).sort();
  return committee.threshold === threshold && names(committee.members).join() === names(members).join();
}

interface Wanted {
  readonly epoch: number;
  readonly threshold: number;
  readonly withinMs: number;
}

/** As many as it takes have their share of the consortium's key. */
async function awaitKey(nodes: readonly CommitteeNode[], { epoch, threshold, withinMs }: Wanted): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    const asked = await Promise.all(nodes.map(askNode));
    const holding = asked.filter(({ keys }) =>
      keys.some((key) => key.owner === 'dedup' && key.epoch === epoch && key.state === 'usable' && key.held),
    );
    if (holding.length >= threshold) return;
    if (Date.now() >= until) {
      const held = `${holding.length} of ${nodes.length} nodes hold the key of epoch ${epoch}`;
      throw new AppointmentError(`${held}; see their logs`);
    }
    await setTimeout(PAUSE_MS);
  }
}
