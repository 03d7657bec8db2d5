import { expect } from 'chai';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import { decodeMessage } from '../../../../committee/messages/index.js';
import {
  acceptHandles,
  credentialFor,
  enrol,
  eventHandlesRequest,
  gateMaterialFor,
  lookAtKey,
  prepareHandles,
  unusedHandles,
  walletFor,
} from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { subsetsOf } from '../../../support/subsets.js';
import { ALICE, BOB, CLOSING, now, OPENING, OUTSIDE, SMALL, World } from './a-world.js';

const VISIT = { identity: ALICE, desk: OUTSIDE };

describe('enrolment of a person', () => {
  it('registers the person and fetches the receipts of t nodes', async () => {
    const world = new World();
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet);
    expect(world.ledger.bound.get(`/${person}`)).to.include({ sequence: 0 });
    expect(wallet.store.state.receipts).to.have.length(3);
    expect(unusedHandles(wallet.store.state, now())).to.have.length(3);
  });

  it('runs on noble as on node:crypto', async () => {
    const world = new World(SMALL);
    const [one, other] = [await world.wallet({ suite: nobleSuite }), await world.wallet()];
    const person = await world.enrolled(one);
    await world.attested(other);
    expect(await codeOf(enrol(other))).to.equal('KEY_IS_ANOTHERS');
    expect(other.store.state.person.subject).to.equal(undefined);
    expect([...world.ledger.bound.keys()]).to.deep.equal([`/${person}`]);
  });

  it('refuses a second wallet of the same person, and takes another person', async () => {
    const world = new World(SMALL);
    await world.enrolled(await world.wallet());
    const second = await world.wallet();
    await world.attested(second);
    expect(await codeOf(enrol(second))).to.equal('KEY_IS_ANOTHERS');
    await world.enrolled(await world.wallet(), BOB);
    expect(world.ledger.bound.size).to.equal(2);
  });

  it('finds that it is registered, after a crash before the answer', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet);
    const commands = world.ledger.commands.length;
    expect(await enrol(wallet)).to.include({ subject: person, state: 'active' });
    expect(world.ledger.commands).to.have.length(commands);
  });

  it('refills after another look at the document', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet);
    await world.attested(wallet, ALICE, 'Org2MSP');
    expect(() => eventHandlesRequest('Org2MSP', wallet)).to.throw('RECEIPTS_TOO_FEW');
    expect((await enrol(wallet)).subject).to.equal(person);
    await acceptHandles(
      await world.attestor('Org2MSP').signEventHandles(ALICE, eventHandlesRequest('Org2MSP', wallet)),
      wallet,
    );
    expect(unusedHandles(wallet.store.state, now())).to.have.length(6);
  });

  it('keeps its receipts where the same answer comes twice', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    const answer = [await world.attestor().signMaster(ALICE, await prepareHandles(VISIT, wallet, 1))];
    await acceptHandles(answer, wallet);
    await enrol(wallet);
    const before = wallet.store.state;
    expect(before.receipts).not.to.deep.equal([]);
    await acceptHandles(answer, wallet);
    expect(wallet.store.state).to.deep.equal(before);
  });

  it('takes no handles that it did not ask for', async () => {
    const world = new World(SMALL);
    const [wallet, other] = [await world.wallet(), await world.wallet()];
    const request = await prepareHandles(VISIT, wallet, 1);
    const theirs = await world.attestor().signMaster(ALICE, await prepareHandles(VISIT, other, 0));
    expect(await codeOf(acceptHandles([theirs], wallet))).to.equal('HANDLE_MISMATCH');
    const { commitment } = wallet.store.state.blinded[1]!;
    const changed = { ...request.opening, commitment };
    expect(await codeOf(world.attestor().signMaster(ALICE, { ...request, opening: changed }))).to.equal(
      'COMMITMENT_MISMATCH',
    );
  });

  it('is refused before the attestor has signed', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await prepareHandles(VISIT, wallet, 1);
    expect(await codeOf(enrol(wallet))).to.equal('NOT_ENROLLED');
    expect(await codeOf(credentialFor(OPENING, wallet))).to.equal('HANDLES_EXHAUSTED');
    expect(await codeOf(walletFor(OPENING, wallet))).to.equal('NO_CREDENTIAL');
  });

  it('refuses another consortium key than the one it knows', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const { groupKey } = await world.ledger.key(OPENING);
    await wallet.store.update((state) => ({ ...state, dedupKey: groupKey }));
    expect(await codeOf(enrol(wallet))).to.equal('KEY_NOT_TRUSTED');
  });
});

describe('event credential', () => {
  it('is the same from every t nodes, for every wallet of the person', async () => {
    const world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const credentials = new Set<string>();
    for (const nodes of subsetsOf(world.nodes, 3)) {
      const { subject } = await credentialFor(OPENING, { ...wallet, nodes });
      credentials.add(subject);
    }
    expect(credentials.size).to.equal(1);
    const [few] = subsetsOf(world.nodes, 2);
    expect(await codeOf(credentialFor(OPENING, { ...wallet, nodes: few! }))).to.equal('NODES_TOO_FEW');
  });

  it('differs from person to person and from event to event', async () => {
    const world = new World(SMALL);
    const [alice, bob] = [await world.wallet(), await world.wallet()];
    await world.enrolled(alice);
    await world.enrolled(bob, BOB);
    const done = [credentialFor(OPENING, alice), credentialFor(CLOSING, alice), credentialFor(OPENING, bob)];
    expect(new Set((await Promise.all(done)).map(({ subject }) => subject)).size).to.equal(3);
  });

  it('never takes one handle to two events, or makes two keys for one, however many ask at once', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const asked = [OPENING, CLOSING, OPENING].map((event) => credentialFor(event, wallet));
    const [one, , again] = await Promise.all(asked);
    expect(again!.subject).to.equal(one!.subject);
    expect(unusedHandles(wallet.store.state, now())).to.have.length(1);
    const enrolments = world.ledger.commands.filter(({ kind }) => kind === 'credential.enrol');
    expect(enrolments).to.have.length(2);
  });

  it('uses one handle and one key for each event, again the same after it broke off', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    for (const node of world.nodes.slice(0, 2)) node.conduct = 'lies when signing';
    expect(await codeOf(credentialFor(OPENING, wallet))).to.equal('NODES_TOO_FEW');
    const { next } = wallet.store.state.credentials[OPENING]!;
    for (const node of world.nodes) node.conduct = 'honest';
    await credentialFor(OPENING, wallet);
    const { current } = wallet.store.state.credentials[OPENING]!;
    expect(current).to.deep.equal(next);
    await credentialFor(CLOSING, wallet);
    expect(wallet.store.state.credentials[CLOSING]!.current!.key.x).not.to.equal(current!.key.x);
    expect(unusedHandles(wallet.store.state, now())).to.have.length(1);
  });

  it('signs with the credential and the key of that event', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const { subject } = await credentialFor(OPENING, wallet);
    const signing = await walletFor(OPENING, wallet);
    expect(signing.holder).to.equal(subject);
    const { jws } = await signing.signPresentation({ ticket: `${OPENING}:floor:A:1`, issue: 1, change: 0 });
    const payload = JSON.parse(Buffer.from(jws.split('.')[1]!, 'base64url').toString()) as object;
    expect(payload).to.include({ credential: subject, event: OPENING });
  });

  it('has a gate pass of t nodes that names the commitment, and the salt that opens it', async () => {
    const world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    const { subject } = await credentialFor(OPENING, wallet);
    const { gatePasses, credential } = gateMaterialFor(OPENING, wallet);
    expect(credential).to.equal(subject);
    const signers = gatePasses.map((pass) => decodeMessage('gate-pass', pass, 'pass').signer);
    expect(new Set(signers).size).to.equal(3);
  });

  it('is shown at the gate also after a refill has dropped its handle', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    const before = gateMaterialFor(OPENING, wallet);
    const used = wallet.store.state.blinded.find(({ event }) => event === OPENING)!;
    const later = { ...wallet, now: () => used.signed!.exp * 1000 };
    await prepareHandles(VISIT, later, 1);
    expect(wallet.store.state.blinded.map(({ blinded }) => blinded)).not.to.include(used.blinded);
    await lookAtKey(OPENING, later);
    expect(gateMaterialFor(OPENING, later)).to.deep.equal(before);
  });
});
