/** Committees for tests: appointed by votes, holding keys, and vouching for persons and credentials with as many nodes as they need. */
import { keyNameOf, sharedKeyKey, type KeyOwner } from '../../chaincode/domain/committee-keys.js';
import { sha256 } from '../../chaincode/crypto/jwk.js';
import { membersKey } from '../../chaincode/domain/keys.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { appoint, aProposal, aVote } from './proposals.js';
import {
  aKeyRegistration,
  claims,
  consortiumClaims,
  newId,
  newKey,
  signStatement,
  type Command,
  type TestKey,
} from './statements.js';
import type { TestLedger } from './test-ledger.js';

export interface TestCommittee {
  readonly epoch: number;
  readonly threshold: number;
  /** The nodes' own keys; the first has the index 1. */
  readonly nodes: readonly TestKey[];
}

/** One node for each of the first organizations; everybody votes for it. */
export function appointCommittee(ledger: TestLedger, nodes = 4, threshold = 3, epoch = 1): TestCommittee {
  const msps = ledger.read(membersKey)!.organizations.map(({ mspId }) => mspId);
  const proposal = aProposal(msps[0]!, appoint(msps.slice(0, nodes), threshold, epoch));
  ledger.accept(proposal.command, { caller: msps[0]! });
  // The vote that makes a majority decides.
  for (const caller of msps.slice(1, Math.floor(msps.length / 2) + 1)) ledger.accept(aVote(proposal), { caller });
  return { epoch, threshold, nodes: Array.from({ length: nodes }, (_, at) => newKey(`node ${at} of epoch ${epoch}`)) };
}

/** As after its generation; for whoever needs a key and not how it came about. */
export function holdKey(ledger: TestLedger, { epoch, threshold, nodes }: TestCommittee, name?: string): void {
  const point = (index: number) => `A${'A'.repeat(42)}${index}`;
  const publicShares = Object.fromEntries(nodes.map((_, at) => [at + 1, point(at + 1)]));
  const shared = { threshold, groupKey: point(0), publicShares, nodes: nodes.map(({ jwk }) => jwk) };
  const key = { ...shared, generation: 1, epoch };
  ledger.put(sharedKeyKey(keyNameOf(name)), { generation: 1, epoch, threshold, state: 'usable', key });
}

/** A key's generation as commands name it. */
export interface TestGeneration extends KeyOwner {
  readonly generation: number;
  readonly nodes: number;
}

const of = ({ event, market }: KeyOwner) => ({
  ...(event !== undefined && { event }),
  ...(market !== undefined && { market }),
});

export const aKeyGeneration = (event?: string, generation = 1, market?: number): Command => ({
  kind: 'key.generate',
  id: newId(),
  ...of({ event, market }),
  generation,
});

export const aKeyAdvance = ({ generation, nodes, ...owner }: TestGeneration): Command => ({
  kind: 'key.advance',
  id: newId(),
  ...of(owner),
  generation,
  nodes,
});

export function aKeyMessage(
  { event, market, generation, nodes }: TestGeneration,
  message: Message,
  by: TestKey,
  overrides: Partial<Payload<'key-message'>> = {},
): Command {
  const payload = { ...consortiumClaims(), key: keyNameOf(event, market), generation, message, ...overrides };
  return { kind: 'key.post', nodes, statement: signStatement('key-message', payload, by) };
}

/** The pseudonym of somebody at an event, or of a person. */
export const pseudonymOf = (name: string, event = ''): string => sha256(`${name} at ${event}`);

/** What speaks for a replacement besides the nodes. */
export interface TestSupport {
  readonly release?: string;
  readonly approvals?: readonly string[];
}

export interface RegistrationOptions extends TestSupport {
  /** The first t unless given. */
  readonly by?: readonly TestKey[];
  readonly overrides?: Readonly<Record<string, unknown>>;
}

const signersOf = ({ nodes, threshold }: TestCommittee): readonly TestKey[] => nodes.slice(0, threshold);
const supportIn = ({ release, approvals }: TestSupport) => ({
  ...(release !== undefined && { release }),
  ...(approvals && { approvals }),
});

/** Every node states it in its own words: id and expiry differ. */
export function aRegistration(
  committee: TestCommittee,
  person: string,
  key: TestKey,
  sequence = 0,
  { by = signersOf(committee), overrides = {}, ...support }: RegistrationOptions = {},
): Command {
  const statements = by.map((node) => {
    const payload = { ...consortiumClaims(), epoch: committee.epoch, person, key: key.kid, sequence, ...overrides };
    return signStatement('person', payload, node);
  });
  return { kind: 'person.register', person, statements, ...supportIn(support) };
}

export function anEnrolment(
  committee: TestCommittee,
  event: string,
  { credential = '', kid }: TestKey,
  sequence = 0,
  { by = signersOf(committee), overrides = {}, ...support }: RegistrationOptions = {},
): Command {
  const statements = by.map((node) =>
    signStatement('enrolment', { ...claims(event), credential, key: kid, sequence, ...overrides }, node),
  );
  return { kind: 'credential.enrol', event, statements, ...supportIn(support) };
}

/** The replacement of a key, as its statements name it. */
export interface TestReplacement {
  readonly event?: string;
  readonly subject: string;
  /** The new one. */
  readonly key: TestKey;
  readonly sequence: number;
}

const about = ({ event, subject, key, sequence }: TestReplacement) => ({
  ...consortiumClaims(),
  ...(event !== undefined && { event }),
  subject,
  key: key.kid,
  sequence,
});
type Overrides = Partial<Payload<'key-release'>>;

export const aRelease = (of: TestReplacement, old: TestKey, overrides: Overrides = {}): string =>
  signStatement('key-release', { ...about(of), ...overrides }, old);

export const aVeto = (of: TestReplacement, old: TestKey, overrides: Overrides = {}): Command => ({
  kind: 'credential.veto',
  statement: signStatement('key-veto', { ...about(of), ...overrides }, old),
});

export const anApproval = (of: TestReplacement, attestor: string, by: TestKey, overrides: Overrides = {}): string =>
  signStatement('key-approval', { ...about(of), attestor, ...overrides }, by);

/** Registers an attestor key of the organization. */
export function anAttestor(ledger: TestLedger, mspId: string): TestKey {
  const key = newKey(`attestor of ${mspId}`);
  ledger.accept(aKeyRegistration(key, 'attestor'), { caller: mspId });
  return key;
}

export const anActivation = (subject: string, event?: string): Command => ({
  kind: 'credential.activate',
  id: newId(),
  ...(event !== undefined && { event }),
  subject,
});
