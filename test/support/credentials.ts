/** Events that ask for credentials: a committee holds the event's key, and people are enrolled. */
import type { EnrolmentRecord } from '../../chaincode/domain/committee-records.js';
import { enrolmentKey } from '../../chaincode/domain/committee-keys.js';
import type { PolicyClasses, PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { Schedule } from '../../chaincode/domain/schedule.js';
import { anEnrolment, appointCommittee, holdKey, pseudonymOf, type TestCommittee } from './committee.js';
import { EVENT_POLICY, newKey, type TestKey } from './statements.js';
import { onSale, type Scene } from './world.js';

export interface CredentialScene extends Scene {
  readonly committee: TestCommittee;
  /** The person's key at the event, enrolled. */
  readonly enrol: (name: string) => TestKey;
}

/** A person's key at an event, not enrolled yet. @param phone another one has another key */
export const holderAt = (event: string, name: string, phone = 'phone'): TestKey => ({
  ...newKey(`${name}'s ${phone}`),
  credential: pseudonymOf(name, event),
});

/** On sale, unless the schedule says otherwise, and only for enrolled people. */
export function forPersons(policy: PolicyPart = {}, classes?: PolicyClasses, schedule?: Schedule): CredentialScene {
  const rules = { ...EVENT_POLICY, credentialRequired: true, ...policy };
  const scene = onSale({ policy: rules, ...(classes && { classes }), ...(schedule && { schedule }) });
  const { ledger, event } = scene;
  const committee = appointCommittee(ledger);
  holdKey(ledger, committee, event.event);
  const enrol = (name: string) => {
    const holder = holderAt(event.event, name);
    if (!ledger.read(enrolmentKey(event.event, holder.credential!)))
      ledger.accept(anEnrolment(committee, event.event, holder));
    return holder;
  };
  return { ...scene, committee, enrol };
}

export const enrolmentOf = (
  { ledger, event }: Pick<Scene, 'ledger' | 'event'>,
  { credential = '' }: TestKey,
): EnrolmentRecord | undefined => ledger.read(enrolmentKey(event.event, credential));
