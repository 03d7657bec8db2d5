/**
 * After a season everything that one organization sees is put together, also what its servers were asked: no person leads to a credential, and no credential
 * to another. Two organizations that have looked at nobody's document get no further. An attestor with another organization's node does, as the
 * committee's table says: so the linker links.
 *
 * Time tells what values don't, and nothing here hides it: the ledger shows everybody the block of each enrolment. People who come when it suits them are
 * one among the many of that time; who goes from the desk straight to two events is known by the moment. Both are tested below.
 */
import { expect } from 'chai';
import type { Block } from '../../../../gateway/fabric/blocks.js';
import { recordHttp, recordedExchanges } from '../../../support/recorded-http.js';
import { placesOf } from '../../../support/places.js';
import { realNetwork, type Party, type RealNetwork } from '../../../support/real-network.js';
import { Linker, type Reached } from './pooled-view/linker.js';
import {
  farAboveChance,
  momentsOnLedger,
  orderAtDesk,
  rightByChance,
  rightByMoment,
  rightByRank,
} from './pooled-view/moments.js';
import {
  announce,
  credentialOf,
  hurry,
  playSeason,
  SEATS,
  sendAhead,
  type Season,
  type Visit,
} from './pooled-view/season.js';
import { sighting, type Sighting } from './pooled-view/sightings.js';
import { blocksFrom, ledgerSightings, marksOf, momentsIn, PARTS, sightingsOf, type Part } from './pooled-view/views.js';

const PEOPLE = 50;
const EVENTS = 5;
const HASTY = 6;

describe('what organizations see of a season', () => {
  recordHttp();
  let network: RealNetwork;
  let parties: readonly Party[];
  let events: readonly string[];
  let season: Season;
  let blocks: readonly Block[];
  let ledger: readonly Sighting[];
  let commonKnowledge: ReadonlySet<string>;
  let credentials: ReadonlySet<string>;
  let seenBy: (party: Party, ...parts: readonly Part[]) => readonly Sighting[];

  const linker = (...views: readonly (readonly Sighting[])[]) =>
    new Linker([...ledger, ...views.flat()], commonKnowledge);
  const credentialsIn = (reached: Reached) => [...credentials].filter((each) => reached.has(each)).sort();
  const attestedBy = (attestor: Party) => season.people.filter((person) => person.attestor === attestor);
  const visitsOf = (person: Visit['person']) => season.visits.filter((visit) => visit.person === person);

  const expectToFind = (reached: Reached, expected: readonly string[]) => {
    const found = credentialsIn(reached);
    const unexpected = found.find((each) => !expected.includes(each));
    expect(found, unexpected && reached.wayTo(unexpected)).to.deep.equal([...expected].sort());
  };
  const expectNoCredentialToLeadToAnother = (by: Linker) => {
    for (const each of credentials) expectToFind(by.reach(each), [each]);
  };

  before(async () => {
    network = await realNetwork();
    const { organizer, reseller, venue } = network;
    parties = [organizer, reseller, venue];
    events = await announce(network, EVENTS);
    const marks = marksOf(network, parties);
    const start = await heightOf(network);
    await sendAhead(network, events);
    const watched = { network, marks, exchanges: recordedExchanges() };
    const known = parties.flatMap((party) => PARTS.flatMap((part) => sightingsOf(watched, party, part)));
    const first = await heightOf(network);
    season = await playSeason(network, events, PEOPLE);
    const all = await blocksFrom(network, start);
    blocks = all.slice(first - start);
    ledger = ledgerSightings(blocks);
    credentials = new Set(season.visits.map(credentialOf));
    const before = ledgerSightings(all.slice(0, first - start));
    // The same seats at every event.
    const placeNames = sighting('record', JSON.stringify([...placesOf(SEATS)]));
    commonKnowledge = new Set(
      [...known, ...before, ...momentsIn(all), placeNames].flatMap(({ tokens }) => [...tokens]),
    );
    const seen = new Map(
      parties.map((party) => [party, new Map(PARTS.map((part) => [part, sightingsOf(watched, party, part)]))]),
    );
    seenBy = (party, ...parts) => parts.flatMap((part) => seen.get(party)!.get(part)!);
  });

  it('is a season', () => {
    expect(season.visits.length).to.be.within(2 * PEOPLE, EVENTS * PEOPLE);
    expect(credentials.size).to.equal(season.visits.length);
    const by = linker();
    for (const each of credentials) expect(by.reach(each).sightings.size).to.be.above(1);
  });

  it('leads from no credential to another on the ledger', () => {
    expectNoCredentialToLeadToAnother(linker());
  });

  it('leads one organization, with desk, gateway, node and files, from no person to a pseudonym, and from no credential to another', () => {
    for (const party of parties) {
      const by = linker(seenBy(party, 'desk', 'gateway', 'node', 'files'));
      const seen = attestedBy(party);
      expect(seen.length).to.be.above(PEOPLE / 4);
      for (const { passport, services } of seen) {
        const reached = by.reach(passport.zone);
        const atDesk = [...reached.sightings].filter(({ source }) => source === 'desk');
        expect(atDesk).to.have.length(2);
        expectToFind(reached, []);
        const person = services.store.state.person.subject!;
        expect(reached.has(person), reached.wayTo(person)).to.equal(false);
      }
      expectNoCredentialToLeadToAnother(by);
    }
  });

  it('leads two organizations that looked at no document nowhere', () => {
    for (const without of parties) {
      const two = parties.filter((party) => party !== without);
      const views = two.map((party) => seenBy(party, 'gateway', 'node', 'files'));
      const by = linker(...views);
      for (const { passport } of season.people) expect(by.reach(passport.zone).sightings.size).to.equal(0);
      expectNoCredentialToLeadToAnother(by);
    }
  });

  it('leads an attestor with the node of another organization from each person to all its credentials', () => {
    const [attestor, other] = parties as [Party, Party];
    const by = linker(seenBy(attestor, 'desk'), seenBy(other, 'node'));
    for (const person of attestedBy(attestor)) {
      expectToFind(by.reach(person.passport.zone), visitsOf(person).map(credentialOf));
    }
  });

  it("leads an attestor with another organization's files from each person to the names of its events", () => {
    const [attestor, other] = parties as [Party, Party];
    const by = linker(seenBy(attestor, 'desk'), seenBy(other, 'files'));
    for (const person of attestedBy(attestor)) {
      const reached = by.reach(person.passport.zone);
      const kept = [...reached.sightings].filter(({ source }) => source === 'files').map(({ text }) => text);
      const found = events.filter((event) => kept.some((line) => line.includes(`"${event}"`)));
      expect(found).to.have.members(visitsOf(person).map(({ event }) => event));
      expectToFind(reached, []);
    }
  });

  describe('by time', () => {
    it('nobody is found who comes when it suits him', () => {
      const moments = momentsOnLedger(blocks, season.visits);
      expect(moments).to.have.length(season.visits.length);
      const byDesk = parties.map((party) => rightByRank(orderAtDesk(attestedBy(party), recordedExchanges()), moments));
      // Two orders that know nothing of each other agree in one place on average, whatever their length.
      expect(sum(byDesk)).to.be.below(farAboveChance(parties.length * EVENTS));
      expect(rightByMoment(moments)).to.be.below(farAboveChance(rightByChance(moments)));
    });

    it('everybody is found who goes from the desk straight to two events', async () => {
      const height = await heightOf(network);
      const visits = await hurry(network, events.slice(0, 2), HASTY);
      const moments = momentsOnLedger(await blocksFrom(network, height), visits);
      const people = [...new Set(visits.map(({ person }) => person))];
      expect(rightByRank(orderAtDesk(people, recordedExchanges()), moments)).to.equal(2 * HASTY);
      expect(rightByMoment(moments)).to.be.above(1.5 * HASTY);
    });
  });
});

const heightOf = async ({ organizer }: RealNetwork) => (await organizer.ledger.blocks.info()).height;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
