import { expect } from 'chai';
import { prepareCommand } from '../../../../chaincode/domain/batch.js';
import { Endorsers, requiredEndorsers } from '../../../../gateway/fabric/endorsers.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import {
  aKeyRegistration,
  aSale,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  newKey,
} from '../../../support/statements.js';

const ORGANIZATIONS = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
const clock = new VirtualClock(0);
const endorsersOf = (own: string) => new Endorsers({ own, organizations: ORGANIZATIONS, needed: 2, clock });

describe('endorsers', () => {
  const event = anEvent();
  const allotment = anAllotment(event);
  const required = (command: unknown) => requiredEndorsers(prepareCommand(command, 'ResellerMSP'), 'ResellerMSP');

  it('the organizer must endorse what writes its event', () => {
    expect(required(event.command)).to.deep.equal(['OrganizerMSP']);
    expect(required(anEventChange(event))).to.deep.equal(['OrganizerMSP']);
  });

  it('an organization must endorse its own keys', () => {
    expect(required(aKeyRegistration(newKey(), 'seller'))).to.deep.equal(['ResellerMSP']);
  });

  it('nobody in particular must endorse anything else', () => {
    for (const command of [allotment.command, aSale(allotment).command, anAdvance(event)]) {
      expect(required(command)).to.deep.equal([]);
    }
  });

  it('are our own organization and the others in turn', () => {
    const endorsers = endorsersOf('ResellerMSP');
    expect([1, 2, 3].map(() => endorsers.choose([]))).to.deep.equal([
      ['ResellerMSP', 'OrganizerMSP'],
      ['ResellerMSP', 'VenueMSP'],
      ['ResellerMSP', 'OrganizerMSP'],
    ]);
  });

  it('are those required and our own', () => {
    expect(endorsersOf('VenueMSP').choose(['OrganizerMSP'])).to.deep.equal(['OrganizerMSP', 'VenueMSP']);
  });

  it('are the required one and one other where that is our own', () => {
    expect(endorsersOf('OrganizerMSP').choose(['OrganizerMSP'])).to.deep.equal(['OrganizerMSP', 'ResellerMSP']);
  });

  it('are as many of those as the definition says now', () => {
    const endorsers = endorsersOf('ResellerMSP');
    const organizations = [...ORGANIZATIONS, 'AgencyMSP'];
    endorsers.follow({ needed: 3, organizations });
    expect(endorsers.all).to.deep.equal(organizations);
    const chosen = [1, 2, 3].map(() => endorsers.choose(['OrganizerMSP']));
    for (const set of chosen) expect(set).to.have.length(3).and.to.include.members(['OrganizerMSP', 'ResellerMSP']);
    expect(chosen.flat()).to.include('AgencyMSP');
  });

  it('are others while an organization is suspect, our own too', async () => {
    const endorsers = endorsersOf('ResellerMSP');
    endorsers.suspect(['ResellerMSP']);
    expect(endorsers.choose([])).to.have.members(['OrganizerMSP', 'VenueMSP']);
    await clock.pass(5_001);
    expect(endorsers.choose([])).to.include('ResellerMSP');
  });

  it('trust an organization again that has endorsed', () => {
    const endorsers = endorsersOf('ResellerMSP');
    endorsers.suspect(['ResellerMSP']);
    endorsers.trust(['ResellerMSP']);
    expect(endorsers.choose([])).to.include('ResellerMSP');
  });

  it('include a suspect where it is required, or nobody else is left', () => {
    const endorsers = endorsersOf('ResellerMSP');
    endorsers.suspect(['OrganizerMSP', 'VenueMSP']);
    expect(endorsers.choose(['OrganizerMSP'])).to.deep.equal(['OrganizerMSP', 'ResellerMSP']);
    expect(endorsers.choose([])).to.have.length(2);
  });

  it('have every set that may do, our own in the first ones or in the last', () => {
    const [own, other, third] = ['ResellerMSP', 'OrganizerMSP', 'VenueMSP'];
    const endorsers = endorsersOf('ResellerMSP');
    expect(endorsers.admissible([])).to.deep.equal([
      [own, other],
      [own, third],
      [other, third],
    ]);
    expect(endorsers.admissible([], { ownLast: true })).to.deep.equal([
      [third, other],
      [third, own],
      [other, own],
    ]);
    expect(endorsers.admissible([third])).to.deep.equal([
      [third, own],
      [third, other],
    ]);
    expect(endorsers.all).to.deep.equal(ORGANIZATIONS);
  });

  it('never include an organization that has no peer', () => {
    expect(endorsersOf('TrusteeMSP').choose([])).to.deep.equal(['OrganizerMSP', 'ResellerMSP']);
  });
});
