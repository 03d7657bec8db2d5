import { expect } from 'chai';
import { personKey } from '../../../../chaincode/domain/committee-keys.js';
import {
  anActivation,
  anApproval,
  anAttestor,
  anEnrolment,
  appointCommittee,
  aRegistration,
  aRelease,
  aVeto,
  holdKey,
  pseudonymOf,
  type TestReplacement,
  type TestSupport,
} from '../../../support/committee.js';
import { enrolmentOf, forPersons, holderAt } from '../../../support/credentials.js';
import { newKey, NOW, type TestKey } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, forged } from '../../../support/world.js';

const hours = (count: number) => ({
  now: `${new Date(Date.parse(NOW) + count * 3600_000).toISOString().slice(0, 19)}Z`,
});

/** Ann is enrolled with `old` and has lost it; `key` is to be hers. */
function lost() {
  const scene = forPersons();
  const { ledger, committee } = scene;
  const { event } = scene.event;
  const old = scene.enrol('Ann');
  const phone = (name: string) => holderAt(event, 'Ann', name);
  const key = phone('new phone');
  const of: TestReplacement = { event, subject: old.credential!, key, sequence: 1 };
  const replace = (support: TestSupport = {}, by = key, sequence = 1, at = hours(0)) =>
    ledger.submit(anEnrolment(committee, event, by, sequence, support), at);
  const attestors = ['VenueMSP', 'ResellerMSP'].map((msp) => [msp, anAttestor(ledger, msp)] as const);
  const approvals = attestors.map(([msp, attestor]) => anApproval(of, msp, attestor));
  const record = () => enrolmentOf(scene, old)!;
  return { ...scene, id: event, old, key, phone, of, replace, attestors, approvals, record };
}
type Lost = ReturnType<typeof lost>;

describe('the replacement of a holder’s key', () => {
  it('takes place at once with the old key’s release', () => {
    const { of, old, key, replace, record } = lost();
    expect(expectAccepted(replace({ release: aRelease(of, old) }))).to.include({ sequence: 1, state: 'active' });
    expect(record()).to.deep.equal({ key: key.kid, sequence: 1 });
  });

  it('waits 72 hours without it', () => {
    const { ledger, id, old, key, replace, record } = lost();
    const activatesAt = hours(72).now;
    expect(expectAccepted(replace())).to.include({ state: 'pending', activatesAt });
    expect(record()).to.deep.equal({ key: old.kid, sequence: 0, pending: { key: key.kid, sequence: 1, activatesAt } });
    const activate = (at: { now: string }) => ledger.submit(anActivation(old.credential!, id), at);
    expect(expectRefusal(activate({ now: '2027-03-04T11:59:59Z' }), 'NOTHING_DUE', 'subject')).to.include({
      activatesAt,
    });
    expect(expectAccepted(activate(hours(72)))).to.include({ key: key.kid, sequence: 1 });
    expect(record()).to.deep.equal({ key: key.kid, sequence: 1 });
    expectRefusal(activate(hours(72)), 'NO_REPLACEMENT', 'subject');
  });

  it('waits an hour where attestors of two organizations approve', () => {
    const { approvals, replace } = lost();
    expect(expectAccepted(replace({ approvals }))).to.include({ state: 'pending', activatesAt: hours(1).now });
  });

  it('is shortened by approvals that come later, and never prolonged', () => {
    const { approvals, replace, key, record } = lost();
    expectAccepted(replace());
    expect(expectAccepted(replace({ approvals }, key, 1, hours(10)))).to.include({ activatesAt: hours(11).now });
    const late = lost();
    expectAccepted(late.replace());
    late.replace({ approvals: late.approvals }, late.key, 1, hours(71.5));
    expect(late.record().pending!.activatesAt).to.equal(hours(72).now);
    expect(record().pending!.activatesAt).to.equal(hours(11).now);
  });

  it('is ended by the old key’s veto, and its sequence is used up', () => {
    const { ledger, of, old, key, phone, replace, record } = lost();
    expectAccepted(replace());
    expect(expectAccepted(ledger.submit(aVeto(of, old)))).to.include({ sequence: 1 });
    expect(record()).to.deep.equal({ key: old.kid, sequence: 1 });
    // What the nodes have once signed brings nothing any more.
    expect(replace()).to.include({ replayed: true });
    expect(record()).to.deep.equal({ key: old.kid, sequence: 1 });
    expect(expectRefusal(replace({}, phone('third')), 'STALE_SEQUENCE', 'statements[0].sequence')).to.include({
      expected: 2,
    });
    expect(expectAccepted(replace({}, key, 2))).to.include({ state: 'pending' });
  });

  it('gives way to the one that the old key releases', () => {
    const { of, old, phone, replace, record } = lost();
    expectAccepted(replace());
    const mine = phone('my phone');
    expectAccepted(replace({ release: aRelease({ ...of, key: mine }, old) }, mine));
    expect(record()).to.deep.equal({ key: mine.kid, sequence: 1 });
  });

  it('gives way to no other without approvals', () => {
    const { phone, replace } = lost();
    expectAccepted(replace());
    expectRefusal(replace({}, phone('other')), 'KEY_REPLACEMENT_PENDING', 'statements[0].key');
  });

  it('gives way to one that attestors of two organizations approve, whose own wait begins', () => {
    const { ledger, id, old, key, phone, approvals, replace, record } = lost();
    const thief = phone('thief');
    expectAccepted(replace({}, thief));
    expect(expectAccepted(replace({ approvals }, key, 1, hours(71.5)))).to.include({ activatesAt: hours(72.5).now });
    expect(expectAccepted(ledger.submit(anActivation(old.credential!, id), hours(72.5)))).to.include({ key: key.kid });
    expect(record()).to.deep.equal({ key: key.kid, sequence: 1 });
  });

  it('gives way to no other once attestors of two organizations have approved it', () => {
    for (const later of [false, true]) {
      const { attestors, of, phone, approvals, replace } = lost();
      if (later) expectAccepted(replace());
      expectAccepted(replace({ approvals }));
      const other = phone('other');
      expectRefusal(replace({}, other), 'KEY_REPLACEMENT_PENDING', 'statements[0].key');
      const others = attestors.map(([msp, attestor]) => anApproval({ ...of, key: other }, msp, attestor));
      expectRefusal(replace({ approvals: others }, other), 'KEY_REPLACEMENT_PENDING', 'statements[0].key');
    }
  });

  it('names the next sequence and another key', () => {
    const { old, replace, key } = lost();
    for (const sequence of [2, 7])
      expect(expectRefusal(replace({}, key, sequence), 'STALE_SEQUENCE', 'statements[0].sequence')).to.include({
        expected: 1,
      });
    expectRefusal(replace({}, old), 'REPLACEMENT_MISMATCH', 'statements[0].key');
  });

  it('is of a credential that is enrolled', () => {
    const { ledger, committee, id } = lost();
    const ben = holderAt(id, 'Ben');
    const outcome = ledger.submit(anEnrolment(committee, id, ben, 1));
    expectRefusal(outcome, 'UNKNOWN_CREDENTIAL', 'statements[0].credential');
    expectRefusal(ledger.submit(anActivation(ben.credential!, id)), 'UNKNOWN_CREDENTIAL', 'subject');
    const veto = aVeto({ event: id, subject: ben.credential!, key: ben, sequence: 1 }, ben);
    expectRefusal(ledger.submit(veto), 'UNKNOWN_CREDENTIAL', 'statement.subject');
  });
});

describe('a release', () => {
  const released = (release: (scene: Lost) => string) => {
    const scene = lost();
    return scene.replace({ release: release(scene) });
  };

  it('is signed by the key that is to go', () => {
    expectRefusal(
      released(({ of }) => aRelease(of, newKey('thief'))),
      'KEY_NOT_VALID',
      'release.header.jwk',
    );
    expectRefusal(
      released(({ of, old }) => forged(aRelease(of, old))),
      'SIGNATURE_INVALID',
      'release',
    );
  });

  const others: readonly (readonly [string, object, string])[] = [
    ['subject', { subject: pseudonymOf('Ben') }, 'REPLACEMENT_MISMATCH'],
    ['key', { key: newKey('third').kid }, 'REPLACEMENT_MISMATCH'],
    ['sequence', { sequence: 2 }, 'REPLACEMENT_MISMATCH'],
    ['channel', { channel: 'other' }, 'WRONG_CHANNEL'],
    ['event', { event: 'OrganizerMSP:matinee' }, 'WRONG_EVENT'],
    ['exp', { exp: 1 }, 'STATEMENT_EXPIRED'],
  ];
  for (const [member, overrides, code] of others) {
    it(`is of this ${member}`, () => {
      expectRefusal(
        released(({ of, old }) => aRelease(of, old, overrides)),
        code as 'WRONG_EVENT',
        `release.${member}`,
      );
    });
  }
});

describe('approvals', () => {
  const approved = (change: (scene: Lost) => readonly string[]) => {
    const scene = lost();
    return scene.replace({ approvals: change(scene) });
  };

  it('are two', () => {
    expectRefusal(
      approved(({ approvals }) => approvals.slice(0, 1)),
      'INVALID_FIELD',
      'approvals',
    );
  });

  it('are of two organizations', () => {
    expectRefusal(
      approved(({ of, attestors }) =>
        attestors.slice(0, 1).flatMap(([msp, key]) => [anApproval(of, msp, key), anApproval(of, msp, key)]),
      ),
      'SIGNER_REPEATED',
      'approvals[1].attestor',
    );
  });

  it('are by registered attestor keys of organizations', () => {
    const second = (msp: string, by: TestKey) =>
      approved(({ of, approvals }) => [approvals[0]!, anApproval(of, msp, by)]);
    expectRefusal(second('ResellerMSP', newKey('stranger')), 'UNKNOWN_KEY', 'approvals[1].header.kid');
    expectRefusal(second('ResellerMSP', newKey('ResellerMSP seller')), 'UNKNOWN_KEY', 'approvals[1].header.kid');
    expectRefusal(second('NobodyMSP', newKey('stranger')), 'UNKNOWN_ORGANIZATION', 'approvals[1].attestor');
  });

  it('are of this replacement', () => {
    const other = (overrides: object) =>
      approved(({ of, approvals, attestors }) => [
        approvals[0]!,
        anApproval(of, 'ResellerMSP', attestors[1]![1], overrides),
      ]);
    expectRefusal(other({ sequence: 2 }), 'REPLACEMENT_MISMATCH', 'approvals[1].sequence');
    expectRefusal(other({ key: newKey('third').kid }), 'REPLACEMENT_MISMATCH', 'approvals[1].key');
    expectRefusal(other({ exp: 1 }), 'STATEMENT_EXPIRED', 'approvals[1].exp');
  });
});

describe('a veto', () => {
  it('is the old key’s, of the replacement that waits', () => {
    const { ledger, of, old, key, replace } = lost();
    expectRefusal(ledger.submit(aVeto(of, old)), 'NO_REPLACEMENT', 'statement.subject');
    expectAccepted(replace());
    expectRefusal(ledger.submit(aVeto(of, key)), 'KEY_NOT_VALID', 'statement.header.jwk');
    expectRefusal(ledger.submit(aVeto({ ...of, sequence: 2 }, old)), 'REPLACEMENT_MISMATCH', 'statement.sequence');
    expectRefusal(ledger.submit(aVeto({ ...of, key: old }, old)), 'REPLACEMENT_MISMATCH', 'statement.key');
    expectRefusal(ledger.submit(aVeto(of, old, { exp: 1 })), 'STATEMENT_EXPIRED', 'statement.exp');
    const { kind, statement } = aVeto(of, old);
    expectRefusal(ledger.submit({ kind, statement: forged(String(statement)) }), 'SIGNATURE_INVALID', 'statement');
    expectAccepted(ledger.submit({ kind, statement }));
  });
});

describe('an activation', () => {
  it('is by any organization’s clerk', () => {
    const { ledger, id, old, replace } = lost();
    expectAccepted(replace());
    const by = (attribute: string) =>
      ledger.submit(anActivation(old.credential!, id), {
        caller: { mspId: 'TrusteeMSP', attributes: new Set([attribute]) },
        ...hours(72),
      });
    expectRefusal(by('gate'), 'NOT_AUTHORISED', 'caller.attributes');
    expectAccepted(by('committee'));
  });
});

describe('the replacement of a person’s key', () => {
  it('goes by the same rules', () => {
    const ledger = TestLedger.founded();
    const committee = appointCommittee(ledger);
    holdKey(ledger, committee);
    const [ann, old, key] = [pseudonymOf('Ann'), newKey('old master'), newKey('new master')];
    const replace = (sequence: number, support: TestSupport = {}) =>
      ledger.submit(aRegistration(committee, ann, key, sequence, support));
    expectRefusal(replace(1), 'UNKNOWN_PERSON', 'statements[0].person');
    expectRefusal(ledger.submit(anActivation(ann)), 'UNKNOWN_PERSON', 'subject');
    ledger.accept(aRegistration(committee, ann, old));
    expectAccepted(replace(1));
    const of = { subject: ann, key, sequence: 1 };
    expectAccepted(ledger.submit(aVeto(of, old)));
    expect(ledger.read(personKey(ann))).to.deep.equal({ key: old.kid, sequence: 1, epoch: 1 });
    expectAccepted(replace(2));
    expectAccepted(ledger.submit(anActivation(ann), hours(72)));
    expect(ledger.read(personKey(ann))).to.deep.equal({ key: key.kid, sequence: 2, epoch: 1 });
    const third = newKey('third master');
    const release = aRelease({ subject: ann, key: third, sequence: 3 }, key);
    expectAccepted(ledger.submit(aRegistration(committee, ann, third, 3, { release })));
    expect(ledger.read(personKey(ann))).to.deep.equal({ key: third.kid, sequence: 3, epoch: 1 });
  });

  it('is not brought about by what is said of a credential', () => {
    const { ledger, of, old, replace } = lost();
    expectAccepted(replace());
    const { subject, key, sequence } = of;
    expectRefusal(ledger.submit(aVeto({ subject, key, sequence }, old)), 'UNKNOWN_PERSON', 'statement.subject');
  });
});
