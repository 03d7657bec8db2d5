/** Whose nodes hold the event's key, by their own word. That they are the committee's is compared with the ledger's record, asked for separately. */
import type { Committee } from '../resources.js';
import type { Certificate, Credentials } from './certificate.js';
import type { Known } from './chain.js';
import type { Findings } from './findings.js';
import { isObject, thumbprintOf, type Statement } from './jws.js';

export async function checkCommittee({ certificate, registry, event }: Known, findings: Findings): Promise<void> {
  const { credentials } = certificate;
  if (!credentials) {
    const asksForPeople = isObject(event.policy) && event.policy.credentialRequired === true;
    findings.that('holders are keys here, and the event as it was signed does not ask for people', !asksForPeople);
    return;
  }
  const { committee } = credentials;
  findings.that(
    `the ledger’s own record of epoch ${committee.epoch}, asked for separately, has the same nodes with the same keys`,
    describe(registry.committee) === describe(committee),
  );
  await checkThreshold(committee, findings);
  await checkReady(certificate, credentials, findings);
}

const describe = (committee: Committee | undefined): string =>
  JSON.stringify(
    committee && [
      ...[committee.epoch, committee.threshold],
      ...committee.members.map(({ mspId, node, jwk }) => [mspId, node, jwk.x, jwk.y]),
    ],
  );

async function checkThreshold({ threshold, members }: Committee, findings: Findings): Promise<void> {
  const half = members.length / 2;
  findings.that(
    `${threshold} of its ${members.length} nodes make up the key: more than half, and more than one`,
    threshold > half && threshold > 1 && threshold <= members.length,
  );
  const nodesOf = (mspId: string) => members.filter((member) => member.mspId === mspId).length;
  findings.that(
    'no organization has as many nodes',
    members.every(({ mspId }) => nodesOf(mspId) < threshold),
  );
  const keys = new Set(await Promise.all(members.map(({ jwk }) => thumbprintOf(jwk))));
  findings.that('no two of them have the same key', keys.size === members.length);
}

/** Nodes that hold a share of the key say so. */
async function checkReady(certificate: Certificate, credentials: Credentials, findings: Findings): Promise<void> {
  const { committee, generation, ready } = credentials;
  const holding = new Set<number>();
  const groupKeys = new Set<unknown>();
  for (const compact of ready) {
    const title = 'A node’s word that it holds a share';
    const statement = findings.statement(title, compact, 'guichet-key-message+jwt', certificate, 'key');
    const message = isObject(statement.payload.message) ? statement.payload.message : {};
    const index = typeof message.recipient === 'number' ? message.recipient : 0;
    await signedByMember(statement, committee, index, findings);
    findings.that('it says that the node is ready', message.kind === 'ready');
    findings.that('it is about this generation of the key', statement.payload.generation === generation);
    groupKeys.add(message.groupKey);
    holding.add(index);
  }
  const enough = holding.size >= committee.threshold && groupKeys.size === 1;
  findings.that(`${holding.size} different nodes say so of the same key, at least ${committee.threshold}`, enough);
}

/** @param index of the node, from 1 @throws {StepFailed} where there is none */
export async function signedByMember(
  statement: Statement,
  { members }: Committee,
  index: number,
  findings: Findings,
): Promise<void> {
  const member = members[index - 1];
  findings.must('it is by a node of that committee', member !== undefined);
  if (!member) return;
  findings.that('it names that node’s key', statement.header.kid === (await thumbprintOf(member.jwk)));
  await findings.signedBy(statement, member.jwk, `${member.mspId}/${member.node}`);
}
