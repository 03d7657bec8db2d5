import { expect } from 'chai';
import {
  credentialFor,
  enrol,
  lookAtKey,
  replaceHolderKey,
  replaceMasterKey,
  vetoReplacement,
  walletFor,
} from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { ALICE, BOB, OPENING, SMALL, World } from './a-world.js';

describe('replacing a key', () => {
  it('is done at once where the wallet has the old one', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    const person = await world.enrolled(wallet);
    const before = wallet.store.state.person.current!;
    expect(await replaceMasterKey(wallet)).to.include({ subject: person, state: 'active' });
    const { current, next } = wallet.store.state.person;
    expect([current!.sequence, next]).to.deep.equal([1, undefined]);
    expect(current!.key.x).not.to.equal(before.key.x);
    await credentialFor(OPENING, wallet);
    const { subject } = await replaceHolderKey(OPENING, wallet);
    expect((await walletFor(OPENING, wallet)).holder).to.equal(subject);
    expect(world.ledger.bound.get(`${OPENING}/${subject}`)).to.include({ sequence: 1 });
  });

  it('waits for a wallet that is new, of the person and of the event', async () => {
    const world = new World(SMALL);
    const lost = await world.wallet();
    await world.enrolled(lost);
    await credentialFor(OPENING, lost);
    const wallet = await world.wallet();
    await world.attested(wallet);
    expect(await replaceMasterKey(wallet)).to.include({ state: 'pending', activatesAt: 'in three days' });
    expect(await enrol(wallet)).to.include({ state: 'pending' });
    world.ledger.activate();
    expect(await lookAtKey(undefined, wallet)).to.include({ sequence: 1 });
    await world.enrolled(wallet);
    expect(await codeOf(credentialFor(OPENING, wallet))).to.equal('KEY_IS_ANOTHERS');
    expect(await replaceHolderKey(OPENING, wallet)).to.include({ state: 'pending' });
    expect(await codeOf(walletFor(OPENING, wallet))).to.equal('NO_CREDENTIAL');
    world.ledger.activate();
    await credentialFor(OPENING, wallet);
    await walletFor(OPENING, wallet);
  });

  it('is ended by a veto of the old key, and its sequence is used up', async () => {
    const world = new World(SMALL);
    const [owner, thief] = [await world.wallet(), await world.wallet()];
    const person = await world.enrolled(owner);
    expect(await codeOf(vetoReplacement(undefined, owner))).to.equal('NO_REPLACEMENT');
    await world.attested(thief);
    await replaceMasterKey(thief);
    expect(await codeOf(vetoReplacement(undefined, thief))).to.equal('NO_CREDENTIAL');
    await vetoReplacement(undefined, owner);
    expect(world.ledger.bound.get(`/${person}`)).to.deep.include({ sequence: 1 });
    world.ledger.activate();
    expect(await enrol(owner)).to.include({ state: 'active' });
    await replaceMasterKey(thief);
    expect(world.ledger.bound.get(`/${person}`)!.pending).to.include({ sequence: 2 });
  });

  it('is shortened by attestors of two organizations, who check what a node checks', async () => {
    const world = new World(SMALL);
    const lost = await world.wallet();
    await world.enrolled(lost);
    const wallet = await world.wallet();
    await world.attested(wallet);
    const approve = (identity: string) => ({
      approve: (request: Parameters<World['approvals']>[1]) =>
        world.approvals(identity, request, ['Org1MSP', 'OutsideMSP']),
    });
    expect(await codeOf(replaceMasterKey(wallet, approve(BOB)))).to.equal('COMMITMENT_MISMATCH');
    expect(await replaceMasterKey(wallet, approve(ALICE))).to.include({ activatesAt: 'in an hour' });
    const { approvals } = world.ledger.commands.findLast((command) => command.kind === 'person.register')!;
    expect(approvals).to.have.length(2);
  });

  it('can be approved after it was begun', async () => {
    const world = new World(SMALL);
    await world.enrolled(await world.wallet());
    const wallet = await world.wallet();
    await world.attested(wallet);
    await replaceMasterKey(wallet);
    const { next } = wallet.store.state.person;
    const done = await replaceMasterKey(wallet, {
      approve: (request) => world.approvals(ALICE, request, ['Org1MSP', 'OutsideMSP']),
    });
    expect(done.activatesAt).to.equal('in an hour');
    expect(wallet.store.state.person.next).to.deep.equal(next);
  });
});
