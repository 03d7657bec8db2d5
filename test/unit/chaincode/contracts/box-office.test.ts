import { expect } from 'chai';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { BoxOffice } from '../../../../chaincode/contracts/box-office.js';
import { Consortium } from '../../../../chaincode/contracts/consortium.js';
import { agreeToFounding, contracts } from '../../../../chaincode/index.js';
import { aKeyRegistration, anAllotment, anEvent, aSale, CONSORTIUM, newKey } from '../../../support/statements.js';
import { FakeStub, type FakeStubOptions } from '../../../support/fake-stub.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const { organizations, keys } = CONSORTIUM;
const founding = JSON.stringify({ organizations });
const error = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => 'resolved', (reason: unknown) => JSON.parse((reason as Error).message) as unknown); // prettier-ignore

async function founded(options?: FakeStubOptions): Promise<FakeStub> {
  const fake = new FakeStub(options);
  for (const step of ['propose', 'found'] as const) await new Consortium()[step](fake.context(), founding);
  return fake;
}

async function submit(fake: FakeStub, commands: readonly unknown[], msp?: string): Promise<readonly Outcome[]> {
  const answer = await new BoxOffice().submit(fake.context(msp), JSON.stringify({ commands }));
  return (JSON.parse(answer) as { outcomes: Outcome[] }).outcomes;
}

before(() => agreeToFounding(founding));
after(() => (Consortium.agreed = undefined));

describe('Consortium', () => {
  it('is not proposed or founded by an endorser that has agreed to other founders', async () => {
    const alone = JSON.stringify({ organizations: organizations.slice(0, 1) });
    for (const step of ['propose', 'found'] as const) {
      const refused = new Consortium()[step](new FakeStub().context(), alone);
      expect(await error(refused)).to.deep.include({ code: 'FOUNDING_MISMATCH' });
    }
  });

  it('is not proposed by an endorser that was told of no founders', async () => {
    const { agreed } = Consortium;
    Consortium.agreed = undefined;
    const refused = new Consortium().propose(new FakeStub().context(), founding);
    expect(await error(refused)).to.deep.include({ code: 'FOUNDING_MISMATCH' });
    Consortium.agreed = agreed;
  });

  it('proposes and founds', async () => {
    const fake = new FakeStub();
    expect(await new Consortium().propose(fake.context(), founding)).to.equal('{"tx":"tx-1"}');
    expect(fake.json()).to.deep.equal({ 'consortium/founding': { state: 'proposed', organizations } });
    await new Consortium().found(fake.context(), founding);
    expect(fake.json()['consortium/founding']).to.deep.include({ state: 'founded' });
    expect([...fake.policies.keys()]).to.include.members(['consortium/founding', 'consortium/k/OrganizerMSP']);
  });

  it('answers a refusal with its code and details as the error', async () => {
    const details = { field: 'caller.attributes', expected: 'admin' };
    const refused = new Consortium().propose(new FakeStub().context('OrganizerMSP', {}), founding);
    expect(await error(refused)).to.deep.equal({ code: 'NOT_AUTHORISED', details });
    const early = new Consortium().found(new FakeStub().context(), founding);
    expect(await error(early)).to.deep.include({ code: 'NOT_FOUNDED' });
  });
});

describe('BoxOffice', () => {
  const register = [aKeyRegistration(keys.OrganizerMSP!.event, 'event')];

  for (const [path, options] of [
    ['ordinary messages', {}],
    ['messages for many keys', { limits: { maxReads: 3, maxWrites: 3 } }],
  ] as const) {
    // prettier-ignore
    it(`sells over ${path}, and the state is that of the domain alone`, async () => {
      const [event, ledger] = [anEvent(), new TestLedger()];
      const allotment = anAllotment(event, { seller: 'OrganizerMSP' });
      const commands = [
        ...register,
        aKeyRegistration(keys.OrganizerMSP!.seller, 'seller'),
        ...[event.command, allotment.command, aSale(allotment, { buyer: newKey('buyer') }).command],
      ];
      const fake = await founded(options);
      const outcomes = await submit(fake, commands);
      for (const outcome of outcomes) expectAccepted(outcome);
      ledger.propose(CONSORTIUM);
      ledger.found(CONSORTIUM);
      ledger.accept(commands);
      const written = Object.keys(fake.json()).map((key) => key.replace('/tx-1', ''));
      expect(written).to.have.members([...ledger.records().keys()].map((key) => key.replace(/\/tx-\d+$/, '')));
    });
  }

  it('emits one event for what it accepted, and none where it accepted nothing', async () => {
    const fake = await founded();
    const outcomes = await submit(fake, [...register, { kind: 'x' }]);
    expectAccepted(outcomes[0]!);
    expectRefusal(outcomes[1]!, 'UNKNOWN_COMMAND', 'kind');
    const fact = ['keys.register', null, `consortium/c/OrganizerMSP/${String(register[0]?.id)}`];
    expect(fake.events).to.deep.equal([['batch', JSON.stringify([fact])]]);
    await submit(fake, [{ kind: 'x' }]);
    await submit(fake, register);
    expect(fake.events).to.have.lengthOf(1);
  });

  it('writes nothing for a batch that is all refused', async () => {
    const fake = await founded();
    const before = fake.json();
    await submit(fake, [{ kind: 'x' }, ...register], 'NobodyMSP');
    expect(fake.json()).to.deep.equal(before);
  });

  it('answers a batch that is refused as a whole with its code as the error', async () => {
    const fake = new FakeStub();
    const whole = async (text: string) => error(new BoxOffice().submit(fake.context(), text));
    expect(await whole('{')).to.deep.include({ code: 'MALFORMED_BATCH' });
    expect(await whole('{"commands": []}')).to.deep.include({ code: 'INVALID_FIELD' });
    expect(await whole(' '.repeat(1024 * 1024 + 1))).to.deep.include({ code: 'TOO_LARGE' });
    expect(fake.trips).to.be.empty;
  });

  it('fails for a defect, which is no refusal', async () => {
    const fake = await founded();
    fake.getState = () => Promise.reject(new Error('peer gone'));
    const failed = await submit(fake, register).then(() => 'resolved', (reason: unknown) => (reason as Error).message); // prettier-ignore
    expect(failed).to.equal('peer gone');
  });
});

describe('chaincode', () => {
  it('has three contracts, each with its own name', () => {
    expect(contracts.map((contract) => new contract().getName())).to.deep.equal(['BoxOffice', 'Consortium', 'Records']);
  });
});
