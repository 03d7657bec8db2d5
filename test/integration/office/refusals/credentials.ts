/** What is refused of persons and credentials, by statements of nodes that no honest node makes. */
import { anActivation, anEnrolment, aRegistration, pseudonymOf } from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import type { LiveCommittee } from '../../../support/live-committee.js';
import { EVERYBODY, type RealNetwork } from '../../../support/real-network.js';
import { aSale, aTransfer, held, newKey, type TestKey } from '../../../support/statements.js';
import { SCENES } from './key-messages.js';
import type { Refused } from './refused.js';

export const CREDENTIAL_CODES = [
  ...(['UNKNOWN_CREDENTIAL', 'KEY_NOT_USABLE'] as const),
  ...(['STATEMENTS_TOO_FEW', 'STATEMENTS_DIFFER', 'SIGNER_REPEATED', 'STALE_EPOCH'] as const),
  ...(['PERSON_EXISTS', 'UNKNOWN_PERSON', 'CREDENTIAL_EXISTS'] as const),
  ...(['STALE_SEQUENCE', 'REPLACEMENT_MISMATCH', 'KEY_REPLACEMENT_PENDING', 'NO_REPLACEMENT'] as const),
] as const;

const { event } = SCENES.usable.event;
const { floor } = SCENES.usable;
const [ann, ben, cleo] = ['Ann', 'Ben', 'Cleo'].map((name) => holderAt(event, name)) as [TestKey, TestKey, TestKey];
const another = (name: string): TestKey => holderAt(event, name, 'other phone');
/** As persons; of this run alone, for who is registered stays it. */
const [known, unknown] = ['known', 'unknown'].map((name) => pseudonymOf(name, String(Date.now()))) as [string, string];
const bought = aSale(floor, { buyer: ben });

/** Ann and Ben are enrolled, Ben has a ticket and another key of his waits. @param committee its nodes stand still, and the event's key is in use */
export async function setCredentials({ reseller }: RealNetwork, committee: LiveCommittee): Promise<void> {
  const setting = [
    aRegistration(committee, known, newKey()),
    ...[ann, ben].map((holder) => anEnrolment(committee, event, holder)),
    bought.command,
    anEnrolment(committee, event, another('Ben'), 1),
  ];
  await reseller.ledger.accept(setting, EVERYBODY);
}

export function credentialRefusals(
  committee: LiveCommittee,
): Readonly<Record<(typeof CREDENTIAL_CODES)[number], Refused>> {
  const [first, second, third] = committee.nodes as [TestKey, TestKey, TestKey];
  const registered = (person: string, options: Parameters<typeof aRegistration>[4] = {}) =>
    aRegistration(committee, person, newKey(), 0, options);
  const enrolled = (...rest: readonly [TestKey, number?]) => anEnrolment(committee, event, ...rest);
  return {
    UNKNOWN_CREDENTIAL: ['reseller', () => aSale(floor, { buyer: cleo, seats: ['floor:A:2'] }).command],
    KEY_NOT_USABLE: ['reseller', () => anEnrolment(committee, SCENES.announced.event.event, ann)],
    STATEMENTS_TOO_FEW: ['reseller', () => registered(unknown, { by: [second, third] })],
    STATEMENTS_DIFFER: ['reseller', () => ({ ...registered(known), person: unknown })],
    SIGNER_REPEATED: ['reseller', () => registered(unknown, { by: [first, first, first] })],
    STALE_EPOCH: ['reseller', () => registered(unknown, { overrides: { epoch: committee.epoch + 1 } })],
    PERSON_EXISTS: ['reseller', () => registered(known)],
    UNKNOWN_PERSON: ['reseller', () => anActivation(unknown)],
    CREDENTIAL_EXISTS: ['reseller', () => enrolled(another('Ann'))],
    STALE_SEQUENCE: ['reseller', () => enrolled(another('Ann'), 2)],
    REPLACEMENT_MISMATCH: ['reseller', () => enrolled(ann, 1)],
    KEY_REPLACEMENT_PENDING: ['reseller', () => aTransfer(held(bought), ann)],
    NO_REPLACEMENT: ['reseller', () => anActivation(ann.credential!, event)],
  };
}
