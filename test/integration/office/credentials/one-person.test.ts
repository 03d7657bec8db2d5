/** One person, one credential, whoever asks at once: other wallets, other desks, other gateways. */
import { expect } from 'chai';
import { enrolmentKey, personKey } from '../../../../chaincode/domain/committee-keys.js';
import { credentialFor, enrol } from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { keyMade, LivePerson } from '../../../support/live-people.js';
import { aPassport, PATIENCE } from '../../../support/real-wallets.js';
import { liveScene } from '../../../support/live-scene.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../../support/real-network.js';
import { recordHttp } from '../../../support/recorded-http.js';
import { replicasAtRest } from '../../../support/replicas.js';
import { EVENT_POLICY } from '../../../support/statements.js';
import { startTogether, type Start } from './start-together.js';

const WALLETS = 100;
const PHONES = 12;

describe('one person in many wallets', () => {
  recordHttp();
  let network: RealNetwork;
  let parties: readonly Party[];
  const partyAt = (at: number): Party => parties[at % parties.length]!;

  /** Sends what all have ready at one moment; every peer knows what came of it. */
  async function race(start: Start, works: readonly Promise<unknown>[]): Promise<readonly string[]> {
    const codes = Promise.all(works.map(codeOf));
    await Promise.race([start.allReady, Promise.all(works)]);
    start.go();
    await codes;
    await replicasAtRest(network.venue.ledger);
    return codes;
  }

  before(async () => {
    network = await realNetwork();
    parties = [network.organizer, network.reseller, network.venue];
  });

  it(`registers one of ${WALLETS}: the others are told that the person exists`, async () => {
    const passport = await aPassport(network.organizer);
    const start = startTogether(WALLETS);
    const wallets = await Promise.all(
      Array.from({ length: WALLETS }, async (_, at) => {
        const own = { network, passport, attestor: partyAt(at), gateway: partyAt(at + 1) };
        const wallet = await LivePerson.with({ ...own, ledger: start.heldBack });
        await wallet.beSeen(0);
        return wallet;
      }),
    );
    const codes = await race(
      start,
      wallets.map(({ services }) => enrol(services, PATIENCE)),
    );
    expect(codes.filter((code) => code === 'accepted')).to.have.length(1);
    expect(codes.filter((code) => code === 'PERSON_EXISTS')).to.have.length(WALLETS - 1);
    const states = wallets.map(({ services: { store } }) => store.state.person);
    const winner = states[codes.indexOf('accepted')]!;
    expect(new Set(states.map(({ subject }) => subject)).size).to.equal(1);
    expect(new Set(states.map(({ current, next }) => (current ?? next)!.key.x)).size).to.equal(WALLETS);
    const record = await network.venue.ledger.records.read(personKey(winner.subject!));
    expect(record).to.include({ key: wallets[codes.indexOf('accepted')]!.masterKey.kid, sequence: 0 });
    expect(await writesOf(network, personKey(winner.subject!))).to.equal(1);
  });

  it(`gives one of ${PHONES} phones with the same person's wallet the credential for an event`, async () => {
    const { event } = liveScene({ policy: { ...EVENT_POLICY, credentialRequired: true } });
    await network.organizer.ledger.accept([event.command], EVERYBODY);
    await keyMade(network, event.event);
    const person = await LivePerson.with({ network, attestor: network.reseller, gateway: network.venue });
    await person.register(PHONES);
    const start = startTogether(PHONES);
    const phones = await Promise.all(
      Array.from({ length: PHONES }, (_, at) =>
        person.withHandle(at, { network, gateway: partyAt(at), ledger: start.heldBack }),
      ),
    );
    const codes = await race(
      start,
      phones.map(({ services }) => credentialFor(event.event, services)),
    );
    expect(codes.filter((code) => code === 'accepted')).to.have.length(1);
    expect(codes.filter((code) => code === 'CREDENTIAL_EXISTS')).to.have.length(PHONES - 1);
    const winner = phones[codes.indexOf('accepted')]!.keyAt(event.event);
    const key = enrolmentKey(event.event, winner.credential!);
    expect(await network.venue.ledger.records.read(key)).to.deep.equal({ key: winner.kid, sequence: 0 });
    expect(await writesOf(network, key)).to.equal(1);
  });
});

/** How often the ledger has written it. */
const writesOf = async ({ venue }: RealNetwork, key: ReturnType<typeof personKey> | ReturnType<typeof enrolmentKey>) =>
  (await venue.ledger.records.history(key)).length;
