import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Action } from '../../../../chaincode/domain/governance/action.js';
import { admitOrganization, AdmissionError } from '../../../../gateway/admit.js';
import { ConfigError } from '../../../../committee/service/configuration.js';
import { readAdmission } from '../../../../gateway/config.js';
import { admit, aProposal, aVote, suspend } from '../../../support/proposals.js';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { aGateway, type TestGateway } from './a-gateway.js';

const NEWCOMER = { mspId: 'AgencyMSP', name: 'agency', roles: ['reseller'] } as const;
const ADMISSION: Action = { kind: 'organization.admit', organization: { ...NEWCOMER, roles: ['reseller'] } };

describe('admission of a newcomer', () => {
  let organizer: TestGateway;
  let reseller: TestGateway;
  let venue: TestGateway;
  let open: TestGateway[];
  beforeEach(async () => {
    organizer = await aGateway();
    const { network } = organizer;
    network.now = nowTimestamp();
    reseller = await aGateway({ mspId: 'ResellerMSP', network });
    venue = await aGateway({ mspId: 'VenueMSP', network });
    open = [organizer, reseller, venue];
  });
  afterEach(() => Promise.all(open.map((gateway) => gateway.close())));

  const voterOf = ({ mspId, operator: client }: TestGateway) => ({ mspId, client });
  const run = async (first = organizer, others = [reseller, venue]): Promise<readonly string[]> => {
    const lines: string[] = [];
    const report = (line: string) => void lines.push(line);
    await admitOrganization({ newcomer: NEWCOMER, voters: [voterOf(first), ...others.map(voterOf)], report });
    return lines;
  };
  const failure = async (...args: Parameters<typeof run>): Promise<string> => {
    const error: unknown = await run(...args).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(AdmissionError);
    return (error as AdmissionError).message;
  };
  const isMember = async () =>
    (await organizer.anybody.organizations()).organizations.some(({ mspId }) => mspId === NEWCOMER.mspId);
  const close = async (gateway: TestGateway) => {
    open = open.filter((each) => each !== gateway);
    await gateway.close();
  };

  it('is proposed by the first and voted for by the others', async () => {
    const lines = await run();
    expect(lines).to.have.lengthOf(3);
    expect(lines[0]).to.match(/^OrganizerMSP\/\w+ is proposed, open$/);
    expect(lines.slice(1)).to.deep.equal(['ResellerMSP has voted, open', 'VenueMSP has voted, carried']);
    expect(await isMember()).to.be.true;
  });

  it('does nothing the second time', async () => {
    await run();
    const before = organizer.network.submissions;
    expect(await run()).to.deep.equal(['AgencyMSP is a member']);
    expect(organizer.network.submissions).to.equal(before);
  });

  it('goes on with what was proposed before, whoever proposed it and whoever has voted', async () => {
    const { ledger } = organizer.network;
    const before = aProposal('VenueMSP', ADMISSION);
    const at = { now: nowTimestamp() };
    ledger.accept(before.command, { caller: 'VenueMSP', ...at });
    ledger.accept(aVote(before), { caller: 'TrusteeMSP', ...at });
    expect(await run()).to.deep.equal([`${before.proposal} is open`, 'OrganizerMSP has voted, carried']);
  });

  it('proposes anew where what was proposed is another action, decided or over', async () => {
    const { ledger } = organizer.network;
    const now = nowTimestamp();
    ledger.accept(aProposal('VenueMSP', admit(NEWCOMER.mspId, 'organizer')).command, { caller: 'VenueMSP', now });
    const past = { caller: 'VenueMSP', now: '2020-01-01T00:00:00Z' };
    ledger.accept(aProposal('VenueMSP', ADMISSION, { expiresAt: '2020-01-02T00:00:00Z' }).command, past);
    expect((await run())[0]).to.match(/^OrganizerMSP\/\w+ is proposed, open$/);
    expect(await isMember()).to.be.true;
  });

  it('does without a gateway that does not answer, if the others are a majority', async () => {
    const proposal = aProposal('TrusteeMSP', ADMISSION);
    organizer.network.ledger.accept(proposal.command, { caller: 'TrusteeMSP', now: nowTimestamp() });
    await close(reseller);
    const lines = await run();
    expect(lines).to.include('VenueMSP has voted, carried');
  });

  it('fails in one line that names who did not vote, and goes on when it is run again', async () => {
    await close(venue);
    const line = await failure();
    expect(line).to.match(
      /^AgencyMSP is not admitted: OrganizerMSP\/\w+ is open; VenueMSP did not vote: fetch failed: .+$/,
    );
    expect(line).not.to.include('\n');
    expect(await isMember()).to.be.false;
    venue = await aGateway({ mspId: 'VenueMSP', network: organizer.network });
    open.push(venue);
    expect(await run()).to.include('VenueMSP has voted, carried');
  });

  it('fails in one line when the first gateway does not answer', async () => {
    await close(organizer);
    const error: unknown = await run().catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(AdmissionError);
    expect((error as Error).message).to.match(/^AgencyMSP is not admitted: OrganizerMSP's gateway: fetch failed: .+$/);
  });

  it('fails where the newcomer is suspended', async () => {
    await run();
    const { ledger } = organizer.network;
    const at = { now: nowTimestamp() };
    const suspension = aProposal('OrganizerMSP', suspend(NEWCOMER.mspId));
    ledger.accept(suspension.command, { caller: 'OrganizerMSP', ...at });
    for (const caller of ['ResellerMSP', 'VenueMSP']) ledger.accept(aVote(suspension), { caller, ...at });
    expect(await failure()).to.equal('AgencyMSP is suspended: it takes a reinstatement');
  });

  it('is carried, too, when somebody else’s vote came first', async () => {
    const { network } = organizer;
    const proposal = aProposal('VenueMSP', ADMISSION);
    network.ledger.accept(proposal.command, { caller: 'VenueMSP', now: network.now });
    network.meanwhile = () => {
      for (const caller of ['ResellerMSP', 'TrusteeMSP'])
        network.ledger.accept(aVote(proposal), { caller, now: network.now });
    };
    expect(await run()).to.deep.equal([`${proposal.proposal} is open`, 'OrganizerMSP has voted, carried']);
  });
});

describe('configuration of an admission', () => {
  const directory = mkdtempSync(join(tmpdir(), 'guichet-admission-'));
  after(() => rmSync(directory, { recursive: true }));
  const network = (content: unknown) => {
    const file = join(directory, 'network.json');
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  it('names the organization', () => {
    expect(() => readAdmission({})).to.throw(ConfigError, 'GUICHET_JOIN');
    expect(() => readAdmission({ GUICHET_JOIN: 'no/msp' })).to.throw(ConfigError, 'GUICHET_JOIN is not an MSP id');
  });

  it('has a network that knows it', () => {
    const organizations = [{ mspId: 'OtherMSP', name: 'other', roles: ['venue'] }];
    const GUICHET_NETWORK = network({ gateways: [{ profile: 'none.json' }], organizations });
    expect(() => readAdmission({ GUICHET_JOIN: 'AgencyMSP', GUICHET_NETWORK })).to.throw(ConfigError);
    const nowhere = join(directory, 'nowhere.json');
    expect(() => readAdmission({ GUICHET_JOIN: 'AgencyMSP', GUICHET_NETWORK: nowhere })).to.throw(
      ConfigError,
      'is not there',
    );
  });
});
