/** What credentials are for, through real gateways: no ticket without one, one allowance for a person whoever sells, and a lost key that takes time. */
import { expect } from 'chai';
import { enrolmentKey } from '../../../../chaincode/domain/committee-keys.js';
import { ticketPlace } from '../../../../chaincode/domain/ids.js';
import { holderKey, ticketKey } from '../../../../chaincode/domain/keys.js';
import { replaceHolderKey, vetoReplacement } from '../../../../committee/wallet/index.js';
import { attempt, readEverywhere } from '../../../support/attempts.js';
import { codeOf } from '../../../support/code-of.js';
import { pseudonymOf } from '../../../support/committee.js';
import { keyMade, LivePerson } from '../../../support/live-people.js';
import { liveScene, type LiveScene } from '../../../support/live-scene.js';
import { EVERYBODY, ORGANIZER, realNetwork, type Party, type RealNetwork } from '../../../support/real-network.js';
import { recordHttp } from '../../../support/recorded-http.js';
import { replicasAtRest } from '../../../support/replicas.js';
import { aListing, aResale } from '../../../support/resales.js';
import {
  anAllotment,
  aSale,
  aTransfer,
  EVENT_POLICY,
  held,
  newKey,
  type Command,
  type Held,
  type TestAllotment,
  type TestKey,
} from '../../../support/statements.js';

const LIMIT = { primary: 3, resale: 2 };
const HOUR_MS = 3_600_000;
/** Between the machine's clock and the transaction's. */
const ABOUT_MS = 300_000;

describe('an event for persons only', () => {
  recordHttp();
  let network: RealNetwork;
  let scene: LiveScene;
  let stand: TestAllotment;
  let event: string;
  let seats = 0;
  const people = new Map<string, LivePerson>();

  const keyOf = (name: string): TestKey => people.get(name)!.keyAt(event);
  const nextSeat = (row = 'A') => `floor:${row}:${++seats}`;

  async function race(rivals: readonly (readonly [Party, Command])[]): Promise<readonly string[]> {
    const attempts = await Promise.all(rivals.map(([gateway, command]) => attempt(gateway, command)));
    await readEverywhere(network, attempts);
    return attempts.map(({ code }) => code).sort();
  }
  async function result(gateway: Party, command: Command): Promise<string> {
    const [code] = await race([[gateway, command]]);
    return code!;
  }
  /** Wallets go through one gateway, and who is asked next may be another. */
  const readByAll = () => replicasAtRest(network.venue.ledger);
  async function sold(buyer: TestKey): Promise<Held> {
    const sale = aSale(scene.floor, { buyer, seats: [nextSeat()] });
    expect(await result(network.reseller, sale.command)).to.equal('accepted');
    return held(sale);
  }

  before(async () => {
    network = await realNetwork();
    const { organizer, reseller, venue } = network;
    scene = liveScene({ policy: { ...EVENT_POLICY, credentialRequired: true, perPersonLimit: LIMIT } });
    const rows: [string, number, number][] = [['A', 1, 20]];
    stand = anAllotment(scene.event, { allotment: 'stand', seller: ORGANIZER, seats: { section: 'stand', rows } });
    ({ event } = scene.event);
    await organizer.ledger.accept([scene.event.command, scene.floor.command, stand.command], EVERYBODY);
    await keyMade(network, event);
    await Promise.all(
      ['Ana', 'Ben', 'Cem', 'Dot', 'Eve', 'Fay'].map(async (name) => {
        const person = await LivePerson.with({ network, attestor: reseller, gateway: venue });
        people.set(name, person);
        await person.register(3);
        await person.goTo(event);
      }),
    );
    await readByAll();
  });

  describe('without an enrolled credential', () => {
    const strangers = (): readonly (readonly [TestKey, string])[] => {
      const nobody = { ...newKey(), credential: pseudonymOf('nobody', event) };
      return [
        [newKey(), 'CREDENTIAL_REQUIRED'],
        [nobody, 'UNKNOWN_CREDENTIAL'],
        // Somebody else's, under a key that is not his.
        [{ ...newKey(), credential: keyOf('Fay').credential! }, 'KEY_NOT_VALID'],
      ];
    };

    it('nobody buys', async () => {
      for (const [buyer, code] of strangers())
        expect(await result(network.reseller, aSale(scene.floor, { buyer, seats: [nextSeat()] }).command)).to.equal(
          code,
        );
    });

    it('nobody is given a ticket', async () => {
      const ticket = await sold(keyOf('Ana'));
      for (const [to, code] of strangers()) expect(await result(network.venue, aTransfer(ticket, to))).to.equal(code);
    });

    it('nobody takes what is resold', async () => {
      const listing = aListing(await sold(keyOf('Ana')), scene.floor);
      expect(await result(network.reseller, listing.command)).to.equal('accepted');
      for (const [buyer, code] of strangers())
        expect(await result(network.reseller, aResale(listing, buyer).command)).to.equal(code);
    });
  });

  it('lets a person buy up to the limit of two sellers at once, and no more', async () => {
    const buyer = keyOf('Ben');
    const wishes = Array.from({ length: 4 * LIMIT.primary }, (_, at): readonly [Party, Command] =>
      at % 2 === 0
        ? [network.reseller, aSale(scene.floor, { buyer, seats: [nextSeat()] }).command]
        : [network.organizer, aSale(stand, { buyer, seats: [`stand:A:${at + 1}`] }).command],
    );
    const codes = await race(wishes);
    expect(codes.filter((code) => code === 'accepted')).to.have.length(LIMIT.primary);
    expect(codes.filter((code) => code === 'PERSON_LIMIT_REACHED')).to.have.length(3 * LIMIT.primary);
    const counts = await network.venue.ledger.records.read(holderKey(event, buyer.credential!));
    expect(counts).to.deep.equal({ held: LIMIT.primary, boughtPrimary: LIMIT.primary });
  });

  it('lets a person take what is resold up to the limit of two resellers at once, and no more', async () => {
    const tickets = [
      await sold(keyOf('Cem')),
      await sold(keyOf('Cem')),
      await sold(keyOf('Cem')),
      await sold(keyOf('Dot')),
    ];
    const resellers = tickets.map((_, at) => (at % 2 === 0 ? network.reseller : network.organizer));
    const listings = tickets.map((ticket, at) => aListing(ticket, scene.floor, { reseller: resellers[at]!.mspId }));
    for (const [at, { command }] of listings.entries())
      expect(await result(resellers[at]!, command)).to.equal('accepted');
    const buyer = keyOf('Eve');
    const codes = await race(listings.map((listing, at) => [resellers[at]!, aResale(listing, buyer).command] as const));
    expect(codes).to.deep.equal(['PERSON_LIMIT_REACHED', 'PERSON_LIMIT_REACHED', 'accepted', 'accepted']);
    const counts = await network.venue.ledger.records.read(holderKey(event, buyer.credential!));
    expect(counts).to.deep.equal({ held: LIMIT.resale, boughtPrimary: 0, boughtResale: LIMIT.resale });
  });

  describe('a lost phone', () => {
    let owner: LivePerson;
    let found: LivePerson;
    let ticket: Held;
    let credential: string;
    const pendingOf = async () => (await network.venue.ledger.records.read(enrolmentKey(event, credential)))?.pending;
    const move = () => result(network.venue, aTransfer({ ...ticket, holder: owner.keyAt(event) }, keyOf('Ana')));
    const isAbout = (at: string | undefined, hours: number) =>
      expect(Date.parse(at!) - Date.now()).to.be.closeTo(hours * HOUR_MS, ABOUT_MS);

    before(async () => {
      owner = people.get('Dot')!;
      credential = owner.keyAt(event).credential!;
      ticket = await sold(owner.keyAt(event));
      found = await owner.withHandle(0, { network, gateway: network.organizer });
      await found.forget(event);
    });

    it('has another key wait for 72 hours, in which the ticket does not move', async () => {
      const { state, activatesAt } = await replaceHolderKey(event, found.services);
      expect(state).to.equal('pending');
      isAbout(activatesAt, 72);
      await readByAll();
      expect((await pendingOf())?.activatesAt).to.equal(activatesAt);
      expect(await move()).to.equal('KEY_REPLACEMENT_PENDING');
      expect(await codeOf(network.reseller.client.activateEnrolment(event, credential))).to.equal('NOTHING_DUE');
    });

    it('waits in vain if the old key objects', async () => {
      await vetoReplacement(event, owner.services);
      await readByAll();
      expect(await pendingOf()).to.equal(undefined);
      expect(await codeOf(vetoReplacement(event, found.services))).to.equal('NO_REPLACEMENT');
    });

    it('waits for an hour with the word of two organizations, not of one twice', async () => {
      const by = (...parties: readonly Party[]) => ({
        approve: (request: Parameters<LivePerson['approval']>[1]) =>
          Promise.all(parties.map((party) => found.approval(party, request))),
      });
      const { organizer, reseller } = network;
      expect(await codeOf(replaceHolderKey(event, found.services, by(reseller, reseller)))).to.equal('SIGNER_REPEATED');
      expect(await pendingOf()).to.equal(undefined);
      const { state, activatesAt } = await replaceHolderKey(event, found.services, by(organizer, reseller));
      expect(state).to.equal('pending');
      isAbout(activatesAt, 1);
      await readByAll();
      expect(await move()).to.equal('KEY_REPLACEMENT_PENDING');
    });

    it('is found again: the old key ends it, and the ticket is where it was', async () => {
      await vetoReplacement(event, owner.services);
      const place = ticketPlace(ticket.ticket);
      expect(await network.venue.ledger.records.read(ticketKey(event, place))).to.include({ holder: credential });
      expect(await move()).to.equal('accepted');
    });
  });
});
