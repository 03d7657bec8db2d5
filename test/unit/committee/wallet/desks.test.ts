/** Which desk saw what: no organization is shown a document by its desk and what was made of it by its node. */
import { expect } from 'chai';
import { Attestor } from '../../../../committee/attestor/index.js';
import { decodeMessage, type Opening } from '../../../../committee/messages/index.js';
import {
  acceptHandles,
  credentialFor,
  enrol,
  eventHandlesRequest,
  prepareHandles,
  unusedHandles,
  type WalletServices,
} from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { newKey } from '../../../support/keys.js';
import { CHANNEL } from '../../../support/statements.js';
import { signAs } from './a-node.js';
import { ALICE, CLOSING, now, OPENING, World } from './a-world.js';

const at = (desk: string) => ({ identity: ALICE, desk });

describe('the desk that a wallet goes to', () => {
  let world: World;
  let wallet: WalletServices;
  beforeEach(async () => {
    world = new World();
    wallet = await world.wallet();
  });

  it('has seen nothing of what its node sees, also where it declined', async () => {
    const shown: Opening[] = [];
    shown.push((await prepareHandles(at('Org1MSP'), wallet, 3)).opening);
    const request = await prepareHandles(at('Org2MSP'), wallet, 3);
    await acceptHandles([await world.attestor('Org2MSP').signMaster(ALICE, request)], wallet);
    await enrol(wallet);
    expect(() => eventHandlesRequest('Org1MSP', wallet)).to.throw('DESK_MISMATCH');
    // Its own master handle is the way to go on there.
    shown.push((await prepareHandles(at('Org1MSP'), wallet, 3)).opening);
    await world.enrolled(wallet, ALICE, 'Org2MSP');
    for (const event of [OPENING, CLOSING]) await credentialFor(event, wallet);
    const seen = world.nodes[0]!.seen.flatMap(({ request: asked }) => (asked as { handle?: string }).handle ?? []);
    const elements = new Set(seen.map((handle) => decodeMessage('handle', handle, 'handle').payload.blinded));
    expect(elements.size).to.equal(4);
    expect(shown.filter(({ blinded }) => elements.has(blinded))).to.deep.equal([]);
  });

  it('is the only one whose signature is taken', async () => {
    const request = await prepareHandles(at('Org1MSP'), wallet, 3);
    const elsewhere = await world.attestor('Org2MSP').signMaster(ALICE, request);
    expect(await codeOf(acceptHandles([elsewhere], wallet))).to.equal('HANDLE_MISMATCH');
  });

  it('is shown no opening that was made for another', async () => {
    await world.attested(wallet, ALICE, 'Org1MSP');
    await enrol(wallet);
    await prepareHandles(at('Org2MSP'), wallet, 3);
    expect(() => eventHandlesRequest('Org1MSP', wallet)).to.throw('HANDLES_EXHAUSTED');
  });

  describe('whose answer', () => {
    const answerOf = async (change: (of: number) => { attestor?: string; key?: string }): Promise<string[]> => {
      await world.attested(wallet, ALICE, 'Org1MSP');
      await enrol(wallet);
      let signed = 0;
      const desk = new Attestor({
        ...{ channel: CHANNEL, mspId: 'Org1MSP', pinned: [world.committee], now },
        sign: (name, payload) => {
          const { attestor = 'Org1MSP', key = 'attestor Org1MSP' } = change(signed++);
          return Promise.resolve(signAs(name, { ...payload, attestor }, newKey(key)));
        },
      });
      return [...(await desk.signEventHandles(ALICE, eventHandlesRequest('Org1MSP', wallet)))];
    };
    const answers: Readonly<Record<string, (of: number) => { attestor?: string; key?: string }>> = {
      'names another organization': () => ({ attestor: 'Org2MSP' }),
      'names another organization for one handle': (of) => (of === 2 ? { attestor: 'Org2MSP' } : {}),
      'is under two keys': (of) => (of === 2 ? { key: 'another of Org1MSP' } : {}),
    };
    for (const [what, change] of Object.entries(answers))
      it(`${what} is not taken, nor any part of it`, async () => {
        expect(await codeOf(acceptHandles(await answerOf(change), wallet))).to.equal('HANDLE_MISMATCH');
        expect(unusedHandles(wallet.store.state, now())).to.deep.equal([]);
      });

    it('is its own and under one key is taken', async () => {
      await acceptHandles(await answerOf(() => ({})), wallet);
      expect(unusedHandles(wallet.store.state, now())).to.have.length(3);
    });
  });
});
