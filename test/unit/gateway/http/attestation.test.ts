import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import { identityOf, readMrz } from '../../../../committee/identity/index.js';
import {
  acceptHandles,
  createStorageKey,
  credentialFor,
  enrol,
  eventHandlesRequest,
  memoryStorage,
  prepareHandles,
  replaceHolderKey,
  StateStore,
  unusedHandles,
  walletFor,
  type WalletServices,
} from '../../../../committee/wallet/index.js';
import type { AttestationRequest } from '../../../../gateway/attestation/attestation-desk.js';
import { WalletLedger } from '../../../../gateway/client/wallet-ledger.js';
import { specimenPassport } from '../../../../gateway/tour/specimen.js';
import { CHANNEL } from '../../../support/statements.js';
import { specimen } from '../../committee/identity/specimens.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { aCommittee, type CommitteeInMemory } from './a-committee.js';
import { aGateway, IDENTITY_POLICY, type TestGateway } from './a-gateway.js';
import { anOpenEvent, EVENT, newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';
import { OPERATOR, send } from './raw.js';
import { lendStore } from '../../../support/lent-databases.js';

const ERIKSSON = specimen('TD3 Eriksson').lines.join('\n');
const AGED = specimen('TD3 Eriksson, sixth edition').lines.join('\n');
/** A third person's: the number and its digits are made up. */
const OTHER = specimenPassport({ surname: 'OTHER', givenName: 'SOMEBODY', number: 'U00000001' });
const DESK = 'OrganizerMSP';
const visitOf = (document: string) => ({ identity: identityOf(readMrz(document), IDENTITY_POLICY).text, desk: DESK });
const POLICY = { ...newEvent().policy, credentialRequired: true };

describe('attestation', () => {
  let gateway: TestGateway;
  let other: TestGateway;
  let committee: CommitteeInMemory;
  let store: Store;
  before(async () => {
    store = await lendStore();
    gateway = await aGateway({ attestor: true, store });
    other = await aGateway({ mspId: 'ResellerMSP', network: gateway.network, attestor: true });
    await anOpenEvent(gateway, { policy: POLICY });
    committee = await aCommittee(gateway.network);
    await committee.make(EVENT);
  });
  after(() => Promise.all([gateway.close(), other.close(), committee.close()]));
  after(() => store.destroy());

  const aWallet = async (): Promise<WalletServices> => ({
    suite: nodeSuite,
    channel: CHANNEL,
    pinned: [await gateway.anybody.committee()],
    store: await StateStore.open({ storage: memoryStorage(), key: await createStorageKey(), channel: CHANNEL }),
    nodes: committee.clients,
    ledger: new WalletLedger({ client: gateway.anybody }),
    random: randomScalar,
    now: () => Date.parse(gateway.network.now),
  });
  const attest = async (document: string, request: AttestationRequest, by = gateway) =>
    (await by.operator.attest(document, request)).body;
  const registered = async (document: string, events: number) => {
    const wallet = await aWallet();
    const master = await prepareHandles(visitOf(document), wallet, events);
    await acceptHandles((await attest(document, master)).statements, wallet);
    await enrol(wallet);
    return wallet;
  };
  const enrolled = async (document: string) => {
    const wallet = await registered(document, 2);
    await acceptHandles((await attest(document, eventHandlesRequest(DESK, wallet))).statements, wallet);
    return wallet;
  };

  it('takes a person from a document to a credential that buys', async () => {
    const wallet = await enrolled(ERIKSSON);
    expect(unusedHandles(wallet.store.state, wallet.now())).to.have.length(2);
    const { subject, state } = await credentialFor(EVENT, wallet);
    expect(state).to.equal('active');
    const { jws } = await (
      await walletFor(EVENT, wallet)
    ).signPurchase({
      ...{ event: EVENT, seller: 'OrganizerMSP', wanted: { priceClass: 'standard', quantity: 1 } },
      ...{ currency: 'EUR', maxTotalMinor: 2_200, paymentReference: 'first-payment' },
    });
    const { body } = await gateway.operator.sell({ request: jws });
    expect((await gateway.anybody.ticket(body.tickets[0]!.ticket)).holder).to.equal(subject);

    const again = await aWallet();
    const master = await prepareHandles(visitOf(ERIKSSON), again, 1);
    await acceptHandles((await attest(ERIKSSON, master)).statements, again);
    const refused = await enrol(again).catch((error: unknown) => (error as { code: string }).code);
    expect(refused).to.equal('KEY_IS_ANOTHERS');
  });

  it('approves the replacement of a lost phone’s key, and two organizations shorten the wait', async () => {
    const document = AGED;
    const lost = await enrolled(document);
    const { subject } = await credentialFor(EVENT, lost);
    // Handles are in the backup; the key is gone.
    const wallet = await aWallet();
    await wallet.store.update((state) => ({ ...lost.store.state, channel: state.channel, credentials: {} }));
    const approve = async (request: AttestationRequest) => [
      ...(await attest(document, request)).statements,
      ...(await attest(document, request, other)).statements,
    ];
    const replaced = await replaceHolderKey(EVENT, wallet, { approve });
    expect(replaced).to.include({ subject, state: 'pending', activatesAt: '2027-03-01T13:00:00Z' });
  });

  describe('refuses', () => {
    const master = async () => prepareHandles(visitOf(ERIKSSON), await aWallet(), 1);
    const codeOf = async (document: string, request: AttestationRequest) => {
      const { code, field } = await problemOf(gateway.operator.attest(document, request));
      return [code, field];
    };

    it('a document that is not in order, naming the place', async () => {
      const wrong = ERIKSSON.replace('L898902C3', 'L898902C4');
      const { problem } = await problemOf(gateway.operator.attest(wrong, await master()));
      expect(problem).to.deep.include({ code: 'MRZ_CHECK_DIGIT', status: 422, field: 'document.documentNumber' });
      expect(problem.details).to.deep.equal({ field: 'document.documentNumber', line: 2 });
      expect(await codeOf('no zone', await master())).to.deep.equal(['MRZ_UNKNOWN_FORMAT', 'document.mrz']);
      const card = specimen('TD1 Eriksson').lines.join('\n');
      expect(await codeOf(card, await master())).to.deep.equal(['DOCUMENT_NOT_ACCEPTED', 'document.policy.accepted']);
    });

    it('somebody else’s document', async () => {
      expect(await codeOf(AGED, await master())).to.deep.equal(['COMMITMENT_MISMATCH', 'request.commitment']);
    });

    it('handles of a person whom nobody has registered, and handles twice', async () => {
      const holder = await registered(OTHER, 1);
      const [first, second] = [await master(), await master()];
      const shown = (receipts: string[], ...openings: (typeof first.opening)[]) =>
        codeOf(ERIKSSON, { kind: 'event', master: first.opening, receipts, openings });
      expect(await shown(['a.b.c'], second.opening)).to.deep.equal(['MALFORMED_STATEMENT', 'receipts[0]']);
      const receipts = holder.store.state.receipts.map((receipt) => receipt);
      expect(await shown(receipts, second.opening)).to.deep.equal(['RECEIPT_INVALID', 'request.receipts[0]']);
      const twice = eventHandlesRequest(DESK, holder);
      const repeated = { ...twice, openings: [twice.openings[0]!, twice.openings[0]!] };
      expect(await codeOf(OTHER, repeated)).to.deep.equal(['HANDLE_REPEATED', 'request.openings']);
      const few = { ...twice, receipts: twice.receipts.slice(1) };
      expect(await codeOf(OTHER, few)).to.deep.equal(['RECEIPTS_TOO_FEW', 'request.receipts']);
    });

    it('whoever is not the operator', async () => {
      const { code } = await problemOf(gateway.anybody.attest(ERIKSSON, await master()));
      expect(code).to.equal('UNAUTHENTICATED');
    });

    it('more documents in a minute than a clerk looks at', async () => {
      const slow = await aGateway({
        mspId: 'VenueMSP',
        network: gateway.network,
        attestor: true,
        attestationsPerMinute: 2,
      });
      try {
        const request = await master();
        await slow.operator.attest(ERIKSSON, request);
        await problemOf(slow.operator.attest(AGED, request));
        const { problem } = await problemOf(slow.operator.attest(ERIKSSON, request));
        expect(problem).to.include({ code: 'ATTESTOR_LIMIT_REACHED', status: 429 });
      } finally {
        await slow.close();
      }
    });
  });

  it('is signed once under one Idempotency-Key, and nothing of the document is kept with the answer', async () => {
    const body = JSON.stringify({ document: OTHER, request: await prepareHandles(visitOf(OTHER), await aWallet(), 1) });
    const headers = { ...OPERATOR, 'Idempotency-Key': 'attest-it-once' };
    const attested = () => send(gateway, { method: 'POST', path: '/v1/attestations', body, headers });
    const [first, again] = [await attested(), await attested()];
    expect([first.status, again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([200, 200, 'true']);
    // Another signature would be another one.
    expect(again.body).to.deep.equal(first.body);
    const [row, ...more] = await store.selectFrom('kept_answers').selectAll().execute();
    expect([Object.keys(row!), more]).to.deep.equal([
      ['name', 'asks', 'holder', 'lease_until', 'answer', 'expires_at', 'shelf'],
      [],
    ]);
    expect(row!.shelf).to.match(/^[A-Za-z0-9_-]{43}\.\d{1,2}$/);
    for (const said of [...OTHER.split('\n'), 'eyJ']) expect(JSON.stringify(row)).not.to.include(said);
  });

  it('says what makes an identity, so that wallets and gates work it out alike', async () => {
    const { attestor, policy } = await gateway.anybody.identityPolicy();
    expect([attestor, policy]).to.deep.equal(['OrganizerMSP', IDENTITY_POLICY]);
  });

  it('leaves nothing of a document or an opening in any log, on the ledger, or in an answer', async () => {
    const document = specimen('TD3 Eriksson')
      .lines.join('\n')
      .replace('ERIKSSON<<ANNA<MARIA<', 'LINDGREN<<ASTRIDA<<<<');
    const wallet = await aWallet();
    const { opening } = await prepareHandles(visitOf(document), wallet, 1);
    const request = { kind: 'master', opening } as const;
    const answers: string[] = [];
    const call = async (body: unknown) => {
      const options = { method: 'POST', path: '/v1/attestations', headers: OPERATOR };
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      answers.push(JSON.stringify(await send(gateway, { ...options, body: text })));
    };
    await call({ document, request });
    await call({ document: document.replace('UTO74', 'UTO75'), request });
    await call({ document: `${document}<`, request });
    await call({ document, request: { ...request, opening: { ...opening, salt: opening.salt.slice(1) } } });
    await call({ document, request: { ...request, opening: { ...opening, proof: opening.proof.replace(/^./, 'x') } } });
    await call({ document: [document], request });
    await call(`{"document":"${document.replace('\n', '\\n')}",`);
    const secrets = [...document.split('\n'), 'LINDGREN', 'L898902C3', '7408122', opening.salt, opening.proof];
    const places = {
      log: gateway.log.join('\n'),
      ledger: JSON.stringify([...gateway.network.ledger.records()]),
      answers: answers.join('\n'),
    };
    expect(gateway.log.filter((line) => line.includes('createAttestation'))).to.have.length.at.least(7);
    for (const [place, text] of Object.entries(places))
      for (const secret of secrets) expect(text.includes(secret), `${place} ${secret}`).to.equal(false);
    expect(places.log.includes(opening.commitment), 'commitment').to.equal(false);
  });
});
