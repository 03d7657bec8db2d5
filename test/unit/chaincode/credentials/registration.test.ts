import { expect } from 'chai';
import { personKey, sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { submitAtOnce } from '../../../support/at-once.js';
import {
  anApproval,
  anAttestor,
  anEnrolment,
  appointCommittee,
  aRegistration,
  aRelease,
  holdKey,
  pseudonymOf,
  type RegistrationOptions,
} from '../../../support/committee.js';
import { enrolmentOf, forPersons, holderAt } from '../../../support/credentials.js';
import { anEventChange, newKey, type Command } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, forged, onSale } from '../../../support/world.js';

const ANN = pseudonymOf('Ann');
const key = newKey('Ann’s master key');
const registry = () => {
  const ledger = TestLedger.founded();
  const committee = appointCommittee(ledger);
  holdKey(ledger, committee);
  const register = (options: RegistrationOptions = {}) => ledger.submit(aRegistration(committee, ANN, key, 0, options));
  return { ledger, committee, register };
};
const hundred = (of: (index: number) => Command) => Array.from({ length: 100 }, (_, index) => of(index));
const winners = (outcomes: readonly Outcome[]) => outcomes.filter(({ accepted }) => accepted);

describe('registration of a person', () => {
  it('is by as many nodes as hold the key together, each in its own words', () => {
    const { ledger, register } = registry();
    expect(expectAccepted(register())).to.deep.include({ person: ANN, sequence: 0, state: 'active' });
    expect(ledger.read(personKey(ANN))).to.deep.equal({ key: key.kid, sequence: 0, epoch: 1 });
  });

  it('may be by any of them, and by all', () => {
    for (const range of [
      [1, 4],
      [0, 4],
    ] as const) {
      const { committee, register } = registry();
      expectAccepted(register({ by: committee.nodes.slice(...range) }));
    }
  });

  it('is the same again, whichever nodes have signed it', () => {
    const { committee, register } = registry();
    const { tx } = expectAccepted(register());
    expect(register({ by: committee.nodes.slice(1) })).to.deep.include({ accepted: true, replayed: true });
    expect(expectAccepted(register()).tx).to.equal(tx);
  });

  it('takes one of a hundred in one batch', () => {
    const { ledger, committee } = registry();
    const outcomes = ledger.submit(hundred((index) => aRegistration(committee, ANN, newKey(`phone ${index}`))));
    expect(winners(outcomes)).to.have.lengthOf(1);
    for (const refused of outcomes.slice(1)) expectRefusal(refused, 'PERSON_EXISTS', 'statements[0].person');
    expect(ledger.read(personKey(ANN))!.key).to.equal(newKey('phone 0').kid);
  });

  it('takes one of a hundred at once, and refuses the others when they come again', () => {
    const { ledger, committee } = registry();
    const commands = hundred((index) => aRegistration(committee, ANN, newKey(`phone ${index}`)));
    const batches = Array.from({ length: 20 }, (_, at) => commands.slice(at * 5, at * 5 + 5));
    const first = submitAtOnce(ledger, batches);
    expect(first.filter((outcomes) => outcomes !== undefined)).to.have.lengthOf(1);
    const again = batches.flatMap((batch, at) => (first[at] ? [] : ledger.submit(batch)));
    expect(winners([...first.flatMap((outcomes) => outcomes ?? []), ...again])).to.have.lengthOf(1);
    for (const refused of again) expectRefusal(refused, 'PERSON_EXISTS');
  });

  it('takes a hundred different people at once', () => {
    const { ledger, committee } = registry();
    const batches = hundred((index) => aRegistration(committee, pseudonymOf(`person ${index}`), key)).map((one) => [
      one,
    ]);
    expect(submitAtOnce(ledger, batches).every((outcomes) => outcomes?.[0]!.accepted)).to.equal(true);
  });

  it('needs t nodes', () => {
    const { committee, register } = registry();
    const few = register({ by: committee.nodes.slice(0, 2) });
    expect(expectRefusal(few, 'STATEMENTS_TOO_FEW', 'statements')).to.include({ needed: 3 });
  });

  it('needs different nodes', () => {
    const { committee, register } = registry();
    const [first, second] = committee.nodes;
    const twice = register({ by: [first!, second!, first!] });
    expectRefusal(twice, 'SIGNER_REPEATED', 'statements[2].header.kid');
  });

  it('needs nodes of the committee', () => {
    const { committee, register } = registry();
    const stranger = register({ by: [...committee.nodes.slice(0, 2), newKey('stranger')] });
    expectRefusal(stranger, 'UNKNOWN_KEY', 'statements[2].header.kid');
  });

  it('needs their signatures', () => {
    const { ledger, committee } = registry();
    const command = aRegistration(committee, ANN, key);
    const [first, second, third] = command.statements as string[];
    const outcome = ledger.submit({ ...command, statements: [first, second, forged(third!)] });
    expectRefusal(outcome, 'SIGNATURE_INVALID', 'statements[2]');
  });

  it('needs them to say the same', () => {
    const { ledger, committee } = registry();
    const one = aRegistration(committee, ANN, key).statements as string[];
    for (const [member, overrides] of [
      ['person', { person: pseudonymOf('Ben') }],
      ['key', { key: newKey('other').kid }],
      ['sequence', { sequence: 1 }],
      ['epoch', { epoch: 2 }],
    ] as const) {
      const other = aRegistration(committee, ANN, key, 0, { overrides }).statements as string[];
      const mixed = { kind: 'person.register', person: ANN, statements: [one[0]!, one[1]!, other[2]!] };
      expectRefusal(ledger.submit(mixed), 'STATEMENTS_DIFFER', `statements[2].${member}`);
    }
    const named = { ...aRegistration(committee, ANN, key), person: pseudonymOf('Ben') };
    expectRefusal(ledger.submit(named), 'STATEMENTS_DIFFER', 'person');
  });

  it('is of this channel, and not expired', () => {
    const { register } = registry();
    expectRefusal(register({ overrides: { channel: 'other' } }), 'WRONG_CHANNEL', 'statements[0].channel');
    expectRefusal(register({ overrides: { exp: 1 } }), 'STATEMENT_EXPIRED', 'statements[0].exp');
  });

  it('needs the key, held by this committee', () => {
    const ledger = TestLedger.founded();
    const committee = appointCommittee(ledger);
    const submit = (by = committee) => ledger.submit(aRegistration(by, ANN, key));
    expect(expectRefusal(submit(), 'KEY_NOT_USABLE', 'person')).to.include({ state: 'none' });
    holdKey(ledger, committee);
    const next = appointCommittee(ledger, 4, 3, 2);
    expect(expectRefusal(submit(next), 'STALE_EPOCH', 'statements[0].epoch')).to.include({ expected: 1 });
    // Until the key has moved, those who hold it vouch.
    expectAccepted(submit());
    holdKey(ledger, next);
    expectRefusal(ledger.submit(aRegistration(committee, pseudonymOf('Ben'), key)), 'STALE_EPOCH');
  });

  it('has nothing to release or approve', () => {
    const { ledger, register } = registry();
    const replacement = { subject: ANN, key, sequence: 0 };
    expectRefusal(register({ release: aRelease(replacement, key) }), 'REPLACEMENT_MISMATCH', 'release');
    const approvals = ['VenueMSP', 'ResellerMSP'].map((msp) => anApproval(replacement, msp, anAttestor(ledger, msp)));
    expectRefusal(register({ approvals }), 'REPLACEMENT_MISMATCH', 'approvals[0]');
  });
});

describe('enrolment of a credential', () => {
  it('binds the pseudonym to a key at this event', () => {
    const scene = forPersons();
    const ann = scene.enrol('Ann');
    expect(enrolmentOf(scene, ann)).to.deep.equal({ key: ann.kid, sequence: 0 });
  });

  it('takes one of a hundred at once', () => {
    const { ledger, event, committee } = forPersons();
    const batches = hundred((index) =>
      anEnrolment(committee, event.event, holderAt(event.event, 'Ann', `phone ${index}`)),
    ).map((one) => [one]);
    const first = submitAtOnce(ledger, batches);
    expect(winners(first.flatMap((outcomes) => outcomes ?? []))).to.have.lengthOf(1);
    for (const refused of ledger.submit(batches.slice(1).flat()))
      expectRefusal(refused, 'CREDENTIAL_EXISTS', 'statements[0].credential');
  });

  it('is for the event that it names', () => {
    const { ledger, event, committee } = forPersons();
    const ann = holderAt(event.event, 'Ann');
    const elsewhere = anEnrolment(committee, event.event, ann, 0, { overrides: { event: 'OrganizerMSP:matinee' } });
    expectRefusal(ledger.submit(elsewhere), 'WRONG_EVENT', 'statements[0].event');
    expectRefusal(ledger.submit(anEnrolment(committee, 'OrganizerMSP:matinee', ann)), 'UNKNOWN_EVENT', 'event');
  });

  it('is for events that ask for it', () => {
    const { ledger, event } = onSale();
    const committee = appointCommittee(ledger);
    holdKey(ledger, committee, event.event);
    const outcome = ledger.submit(anEnrolment(committee, event.event, holderAt(event.event, 'Ann')));
    expectRefusal(outcome, 'CREDENTIAL_NOT_REQUIRED', 'policy.credentialRequired');
  });

  it('is not for one that is cancelled', () => {
    const { ledger, event, committee } = forPersons();
    ledger.accept(anEventChange(event));
    const outcome = ledger.submit(anEnrolment(committee, event.event, holderAt(event.event, 'Ann')));
    expectRefusal(outcome, 'EVENT_CANCELLED', 'event');
  });

  it('is by those who hold the event’s key, whoever sits in the committee now', () => {
    const { ledger, event, committee } = forPersons();
    const next = appointCommittee(ledger, 4, 3, 2);
    const ann = holderAt(event.event, 'Ann');
    expectRefusal(ledger.submit(anEnrolment(next, event.event, ann)), 'UNKNOWN_KEY', 'statements[0].header.kid');
    expectAccepted(ledger.submit(anEnrolment(committee, event.event, ann)));
  });

  it('is over when the key is destroyed', () => {
    const { ledger, event, committee } = forPersons();
    const { generation, epoch, threshold } = ledger.read(sharedKeyKey(event.event))!;
    ledger.put(sharedKeyKey(event.event), { generation, epoch, threshold, state: 'destroyed' });
    const outcome = ledger.submit(anEnrolment(committee, event.event, holderAt(event.event, 'Ann')));
    expect(expectRefusal(outcome, 'KEY_NOT_USABLE', 'event')).to.include({ state: 'destroyed' });
  });

  it('needs t nodes that say the same', () => {
    const { ledger, event, committee } = forPersons();
    const [ann, ben] = [holderAt(event.event, 'Ann'), holderAt(event.event, 'Ben')];
    const few = anEnrolment(committee, event.event, ann, 0, { by: committee.nodes.slice(0, 2) });
    expectRefusal(ledger.submit(few), 'STATEMENTS_TOO_FEW', 'statements');
    const [one, other] = [ann, ben].map((holder) => anEnrolment(committee, event.event, holder).statements as string[]);
    const mixed = { ...few, statements: [one![0], one![1], other![2]] };
    expectRefusal(ledger.submit(mixed), 'STATEMENTS_DIFFER', 'statements[2].credential');
  });
});
