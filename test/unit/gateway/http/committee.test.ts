import { expect } from 'chai';
import { thumbprintOf } from '../../../../chaincode/crypto/jwk.js';
import { trustKey } from '../../../../committee/client/index.js';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import type { NewRegistration } from '../../../../gateway/client/guichet-client.js';
import { PublicCommands, type CommitteeCommand } from '../../../../gateway/http/public-commands.js';
import {
  aKeyAdvance,
  aKeyMessage,
  anApproval,
  anAttestor,
  anEnrolment,
  appointCommittee,
  aRegistration,
  aRelease,
  aVeto,
  holdKey,
  pseudonymOf,
  type TestCommittee,
} from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import { KeyGeneration, silent, silentFrom } from '../../../support/key-generation.js';
import { CHANNEL, newKey, NOW, type Command } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';

const POLICY = { ...newEvent().policy, credentialRequired: true };
const forged = (jws: string) => jws.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));
const registrationIn = (command: Command) => command as unknown as { statements: string[]; person: string };

describe('committee through REST', () => {
  let gateway: TestGateway;
  let committee: TestCommittee;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway, { policy: POLICY });
    committee = appointCommittee(gateway.network.ledger);
  });
  afterEach(() => gateway.close());

  /** @returns code and field, and how many transactions that cost */
  const refused = async (call: Promise<unknown>) => {
    const before = gateway.network.submissions;
    const { code, field } = await problemOf(call);
    return [code, field, gateway.network.submissions - before];
  };

  describe('keys', () => {
    it('are begun by the operator, and shown as far as they are', async () => {
      const { operator, anybody } = gateway;
      expect((await problemOf(anybody.key('dedup'))).code).to.equal('NOT_FOUND');
      const { body } = await operator.generateKey({ id: 'first-key', generation: 1 });
      expect(body).to.include({ id: 'first-key', key: 'dedup', generation: 1, epoch: 1 });
      expect((await operator.generateKey({ id: 'first-key', generation: 1 })).replayed).to.equal(true);
      expect(await anybody.key('dedup')).to.deep.equal({
        key: 'dedup',
        generation: 1,
        epoch: 1,
        threshold: 3,
        state: 'generating',
      });
      const startedAt = Date.parse(NOW) / 1000;
      expect(await anybody.keyGeneration('dedup', 1)).to.deep.equal({
        ...{ key: 'dedup', generation: 1, epoch: 1, threshold: 3, nodes: 4 },
        ...{ round: 'announce', startedAt, deadline: startedAt + 15, silent: [], named: [] },
        awaited: { dealers: [1, 2, 3, 4], recipients: [1, 2, 3, 4] },
      });
      expect((await problemOf(anybody.keyGeneration('dedup', 2))).code).to.equal('STALE_GENERATION');
    });

    it('of an event can be trusted by whoever has the nodes’ keys, whatever gateway shows them', async () => {
      const { ledger } = gateway.network;
      const { key } = new KeyGeneration(ledger, committee, { event: EVENT }).run();
      const { usable, state } = await gateway.anybody.key(EVENT);
      expect([state, usable?.ready.length]).to.deep.equal(['usable', 4]);
      const members = committee.nodes.map(({ jwk }, at) => ({ mspId: `Org${at}MSP`, node: `node-${at}`, jwk }));
      const trust = { suite: nobleSuite, channel: CHANNEL, pinned: [{ epoch: 1, threshold: 3, members }] };
      const trusted = await trustKey(EVENT, usable!, trust);
      expect(trusted.groupKey).to.equal(key.key?.groupKey);
      expect((await gateway.anybody.keyGeneration(EVENT, 1)).round).to.equal('usable');
    });

    it('take a node’s message, and nobody else’s', async () => {
      const generation = new KeyGeneration(gateway.network.ledger, committee);
      const [node] = generation.nodes;
      const message = { kind: 'commit', dealer: 1, digest: 'd'.repeat(43) } as const;
      const { statement } = aKeyMessage(generation.name, message, node!.keys.dealer!) as unknown as {
        statement: string;
      };
      expect(await refused(gateway.anybody.postKeyMessage(forged(statement)))).to.deep.equal([
        'SIGNATURE_INVALID',
        'statement',
        0,
      ]);
      const { body, replayed } = await gateway.anybody.postKeyMessage(statement);
      expect([body.key, body.generation, replayed]).to.deep.equal(['dedup', 1, false]);
      expect((await gateway.anybody.postKeyMessage(statement)).replayed).to.equal(true);
      expect((await gateway.anybody.keyGeneration('dedup', 1)).awaited.dealers).to.deep.equal([2, 3, 4]);
    });

    it('are advanced by anybody when a round is over, and cost nothing before', async () => {
      const generation = new KeyGeneration(gateway.network.ledger, committee);
      expect(await refused(gateway.anybody.advanceKey('dedup', 1))).to.deep.equal([
        'ROUND_NOT_OVER',
        'generation.round',
        0,
      ]);
      gateway.network.now = '2027-03-01T12:00:15Z';
      const { body } = await gateway.anybody.advanceKey('dedup', 1, { id: 'round-is-over' });
      expect(body).to.include({ key: 'dedup', generation: 1, round: 'failed' });
      expect(generation.key.failure).to.equal('TOO_FEW_RECIPIENTS');
      expect((await gateway.anybody.key('dedup')).failure).to.equal('TOO_FEW_RECIPIENTS');
    });

    it('tell who was silent, and not of who came late', async () => {
      const { ledger } = gateway.network;
      const silentOf = async (key: string) => (await gateway.anybody.keyGeneration(key, 1)).silent;
      new KeyGeneration(ledger, committee, { event: EVENT, conducts: { 2: silent } }).run();
      expect(await silentOf(EVENT)).to.deep.equal([{ round: 'announce', dealers: [2], recipients: [2] }]);
      new KeyGeneration(ledger, committee, { conducts: { 3: silentFrom('ready') } }).run();
      expect((await gateway.anybody.keyGeneration('dedup', 1)).awaited.recipients).to.deep.equal([3]);
      expect(await silentOf('dedup')).to.deep.equal([]);
    });

    it('tell of a key for which too few were ready', async () => {
      const conducts = { 1: silentFrom('ready'), 4: silentFrom('ready') };
      new KeyGeneration(gateway.network.ledger, committee, { conducts }).run();
      const { round, failure, silent } = await gateway.anybody.keyGeneration('dedup', 1);
      expect([round, failure]).to.deep.equal(['failed', 'TOO_FEW_READY']);
      expect(silent).to.deep.equal([{ round: 'ready', dealers: [], recipients: [1, 4] }]);
    });

    it('have no other names', async () => {
      expect(await problemOf(gateway.anybody.key('other'))).to.include({ code: 'INVALID_FIELD', field: 'key' });
    });
  });

  describe('persons', () => {
    const ada = pseudonymOf('Ada');
    const register = ({ kind: _, person, ...rest }: Command) =>
      gateway.anybody.registerPerson(String(person), rest as unknown as NewRegistration);
    beforeEach(() => holdKey(gateway.network.ledger, committee));

    it('are registered once, whoever asks', async () => {
      const key = newKey('Ada’s phone');
      const { statements } = registrationIn(aRegistration(committee, ada, key));
      const { body } = await gateway.anybody.registerPerson(ada, { statements });
      expect(body).to.include({ person: ada, sequence: 0, state: 'active' });
      expect((await gateway.anybody.registerPerson(ada, { statements })).replayed).to.equal(true);
      expect(await gateway.anybody.person(ada)).to.deep.equal({ person: ada, key: key.kid, sequence: 0, epoch: 1 });
      const again = registrationIn(aRegistration(committee, ada, newKey('another phone'))).statements;
      expect(await refused(gateway.anybody.registerPerson(ada, { statements: again }))).to.deep.equal([
        'PERSON_EXISTS',
        'statements[0].person',
        0,
      ]);
      expect((await problemOf(gateway.anybody.person(pseudonymOf('Ben')))).code).to.equal('UNKNOWN_PERSON');
    });

    it('need the words of t nodes, which is found out before it costs a transaction', async () => {
      const { statements } = registrationIn(aRegistration(committee, ada, newKey('Ada’s phone')));
      const call = (given: readonly string[]) => gateway.anybody.registerPerson(ada, { statements: given });
      expect(await refused(call([forged(statements[0]!), ...statements.slice(1)]))).to.deep.equal([
        'SIGNATURE_INVALID',
        'statements[0]',
        0,
      ]);
      expect(await refused(call(statements.slice(1)))).to.deep.equal(['STATEMENTS_TOO_FEW', 'statements', 0]);
    });

    it('get another key at once by the old one’s release, or later, unless it vetoes', async () => {
      const [old, next, third] = ['old', 'next', 'third'].map((name) => newKey(`Ada’s ${name} phone`));
      await register(aRegistration(committee, ada, old!));
      const release = aRelease({ subject: ada, key: next!, sequence: 1 }, old!);
      const released = aRegistration(committee, ada, next!, 1, { release });
      expect((await register(released)).body.state).to.equal('active');

      const lost = aRegistration(committee, ada, third!, 2);
      const { body } = await register(lost);
      expect(body).to.include({ state: 'pending', sequence: 2, activatesAt: '2027-03-04T12:00:00Z' });
      expect((await gateway.anybody.person(ada)).pending?.key).to.equal(third!.kid);
      expect(await refused(gateway.anybody.activatePerson(ada))).to.deep.equal(['NOTHING_DUE', 'subject', 0]);

      const { statement } = aVeto({ subject: ada, key: third!, sequence: 2 }, next!) as unknown as {
        statement: string;
      };
      expect(await refused(gateway.anybody.veto(forged(statement)))).to.deep.equal([
        'SIGNATURE_INVALID',
        'statement',
        0,
      ]);
      const vetoed = await gateway.anybody.veto(statement);
      expect(vetoed.body).to.include({ subject: ada, sequence: 2 });
      expect(await gateway.anybody.veto(statement)).to.deep.equal({ ...vetoed, replayed: true });
      expect(await gateway.anybody.person(ada)).to.deep.equal({ person: ada, key: next!.kid, sequence: 2, epoch: 1 });
    });

    it('get another key within the hour by attestors of two organizations', async () => {
      const [old, next] = ['old', 'next'].map((name) => newKey(`Ada’s ${name} phone`));
      await register(aRegistration(committee, ada, old!));
      const of = { subject: ada, key: next!, sequence: 1 };
      const approvals = ['ResellerMSP', 'VenueMSP'].map((mspId) =>
        anApproval(of, mspId, anAttestor(gateway.network.ledger, mspId)),
      );
      const command = aRegistration(committee, ada, next!, 1, { approvals });
      const { body } = await register(command);
      expect(body.activatesAt).to.equal('2027-03-01T13:00:00Z');
      gateway.network.now = '2027-03-01T13:00:00Z';
      await gateway.anybody.activatePerson(ada, { id: 'hour-is-over' });
      expect((await gateway.anybody.person(ada)).key).to.equal(next!.kid);
    });
  });

  describe('enrolments', () => {
    const enrol = (command: Command) =>
      gateway.anybody.enrol(EVENT, { statements: registrationIn(command).statements });

    it('give an event’s credential its key, and a credential may buy', async () => {
      holdKey(gateway.network.ledger, committee, EVENT);
      const ada = holderAt(EVENT, 'Ada');
      const { key } = aFan();
      const unknown = aFan().request({ credential: ada.credential });
      expect((await problemOf(gateway.operator.sell({ request: unknown }))).code).to.equal('UNKNOWN_CREDENTIAL');
      expect((await problemOf(gateway.anybody.enrolment(EVENT, ada.credential!))).code).to.equal('UNKNOWN_CREDENTIAL');

      const enrolment = anEnrolment(committee, EVENT, { ...key, credential: ada.credential! });
      const { body } = await enrol(enrolment);
      expect(await enrol(enrolment)).to.deep.equal({ body, replayed: true });
      expect(body).to.include({ event: EVENT, credential: ada.credential, sequence: 0, state: 'active' });
      expect(await gateway.anybody.enrolment(EVENT, ada.credential!)).to.deep.equal({
        event: EVENT,
        credential: ada.credential,
        key: thumbprintOf(key.jwk),
        sequence: 0,
      });
      expect((await problemOf(gateway.operator.sell({ request: aFan().request() }))).code).to.equal(
        'CREDENTIAL_REQUIRED',
      );
    });

    it('come with tickets that are the person’s, whatever the key', async () => {
      holdKey(gateway.network.ledger, committee, EVENT);
      const fan = aFan();
      const credential = pseudonymOf('Ada', EVENT);
      await enrol(anEnrolment(committee, EVENT, { ...fan.key, credential }));
      const { body } = await gateway.operator.sell({ request: fan.request({ credential }) });
      const { holder } = await gateway.anybody.ticket(body.tickets[0]!.ticket);
      expect(holder).to.equal(credential);
      expect(await gateway.anybody.holder(EVENT, credential)).to.include({ boughtPrimary: 2 });
    });

    it('need the event’s key and an event', async () => {
      const ada = holderAt(EVENT, 'Ada');
      expect(await refused(enrol(anEnrolment(committee, EVENT, ada)))).to.deep.equal(['KEY_NOT_USABLE', 'event', 0]);
      const nowhere = 'OrganizerMSP:nope';
      const { statements } = registrationIn(anEnrolment(committee, nowhere, ada));
      expect(await refused(gateway.anybody.enrol(nowhere, { statements }))).to.deep.equal([
        'UNKNOWN_EVENT',
        'event',
        0,
      ]);
      expect((await problemOf(gateway.anybody.enrolment(nowhere, ada.credential!))).code).to.equal('UNKNOWN_EVENT');
    });
  });

  it('has no more places at once than other public commands', async () => {
    const { records, blocks, submitter } = gateway.services;
    const nowMs = () => Date.parse(NOW);
    const options = { mspId: 'OrganizerMSP', channel: CHANNEL, records, blocks, submitter, nowMs, maxAtOnce: 1 };
    const commands = new PublicCommands(options);
    const generation = new KeyGeneration(gateway.network.ledger, committee);
    const advance = () => commands.committee(aKeyAdvance(generation.name) as CommitteeCommand);
    const [first, second] = await Promise.allSettled([advance(), advance()]);
    expect((first as { reason: { code: string } }).reason.code).to.equal('ROUND_NOT_OVER');
    expect((second as { reason: { code: string } }).reason.code).to.equal('QUEUE_FULL');
  });
});
