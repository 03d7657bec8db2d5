import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sinon from 'sinon';
import { ConfigError, run } from '../../../../committee/service/configuration.js';
import { readConfig, readNetwork, readProjection, readStart, readToken } from '../../../../gateway/config.js';

const MAIN = fileURLToPath(new URL('../../../../gateway/main.js', import.meta.url));
const endpoint = { mspId: 'OrganizerMSP', address: '127.0.0.1:7051', tlsCaFile: 'ca.crt', serverName: 'peer0' };
const PROFILE = {
  mspId: 'OrganizerMSP',
  name: 'organizer',
  channel: 'guichet',
  chaincode: 'guichet',
  consensus: 'bft',
  listen: { host: '127.0.0.1', port: 8080 },
  publicUrl: 'http://127.0.0.1:8080',
  endpoints: [endpoint],
  endorsingOrganizations: ['OrganizerMSP', 'ResellerMSP'],
  orderers: [{ ...endpoint, operationsUrl: 'https://127.0.0.1:7061' }],
  identities: { gateway: { certFile: 'cert.pem', keyFile: '/elsewhere/key.pem', attributes: { admin: 'true' } } },
  signer: { socket: 'signer.sock', storeDir: 'store', logFile: 'log', keyFile: 'key' },
  organizations: [{ name: 'organizer', mspId: 'OrganizerMSP', roles: ['organizer'], endorsing: true }],
  tokenFile: 'token',
  gateways: [{ mspId: 'OrganizerMSP', name: 'organizer', url: 'http://127.0.0.1:8080' }],
};

describe('configuration', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'guichet-config-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (name: string, content: unknown): string => {
    const path = join(directory, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const mistakesOf = (reading: () => unknown): readonly string[] => {
    try {
      reading();
    } catch (error) {
      if (error instanceof ConfigError) return error.mistakes;
      throw error;
    }
    return [];
  };

  it('reads a profile, its paths relative to it', () => {
    const { profile, logLevel } = readConfig({ GUICHET_PROFILE: write('profile.json', PROFILE) });
    expect(profile.signer.socket).to.equal(join(directory, 'signer.sock'));
    expect(profile.endpoints[0]?.tlsCaFile).to.equal(join(directory, 'ca.crt'));
    expect(profile.identities.gateway.keyFile).to.equal('/elsewhere/key.pem');
    expect(logLevel).to.equal('info');
  });

  it('has the strictest identities and a clerk’s pace unless told otherwise', () => {
    const { profile, attestationsPerMinute } = readConfig({ GUICHET_PROFILE: write('profile.json', PROFILE) });
    expect(profile.identityPolicy).to.deep.equal({ scheme: 'personal-number' });
    expect(attestationsPerMinute).to.equal(60);
    const identityPolicy = { scheme: 'document', accepted: { '*': ['P'] }, acceptSpecimens: true };
    const other = { ...PROFILE, identityPolicy };
    const told = { GUICHET_PROFILE: write('other.json', other), GUICHET_ATTESTATION_LIMIT: '5' };
    expect(readConfig(told)).to.deep.include({ attestationsPerMinute: 5 });
    expect(readConfig(told).profile.identityPolicy).to.deep.equal(identityPolicy);
    const wrong = { ...PROFILE, identityPolicy: { scheme: 'document' } };
    const path = write('wrong.json', wrong);
    expect(mistakesOf(() => readConfig({ GUICHET_PROFILE: path }))[0]).to.include('identityPolicy.accepted');
  });

  it('is reached by others of its organization where it listens, unless told otherwise', () => {
    const GUICHET_PROFILE = write('profile.json', PROFILE);
    expect(readConfig({ GUICHET_PROFILE })).to.include({ peerUrl: 'http://127.0.0.1:8080', maxHeldSeats: 10_000 });
    const everywhere = write('other.json', { ...PROFILE, listen: { host: '0.0.0.0', port: 8080 } });
    expect(readConfig({ GUICHET_PROFILE: everywhere }).peerUrl).to.be.undefined;
    const told = { GUICHET_PROFILE: everywhere, GUICHET_PEER_URL: 'http://10.0.0.7:8080', GUICHET_HOLD_LIMIT: '5' };
    expect(readConfig(told)).to.include({ peerUrl: 'http://10.0.0.7:8080', maxHeldSeats: 5 });
    expect(mistakesOf(() => readConfig({ ...told, GUICHET_PEER_URL: 'here' }))[0]).to.include('GUICHET_PEER_URL');
  });

  it('has the read model in the gateway’s own folder unless a server is named', () => {
    const GUICHET_PROFILE = write('profile.json', PROFILE);
    expect(readConfig({ GUICHET_PROFILE }).database).to.deep.equal({ directory: join(directory, 'projection') });
    const url = 'postgres://guichet@localhost/guichet';
    expect(readConfig({ GUICHET_PROFILE, DATABASE_URL: url }).database).to.deep.equal({ url });
    expect(readProjection({ GUICHET_PROFILE, DATABASE_URL: url }).database).to.deep.equal({ url });
    for (const wrong of ['localhost', 'mysql://localhost/guichet'])
      expect(mistakesOf(() => readConfig({ GUICHET_PROFILE, DATABASE_URL: wrong }))[0]).to.include('DATABASE_URL');
  });

  it('names each mistake in a line of its own', () => {
    const path = write('profile.json', {
      ...PROFILE,
      channel: '',
      listen: { host: '127.0.0.1', port: 99_999 },
      endpoints: [{ ...endpoint, address: 'peer' }],
    });
    const mistakes = mistakesOf(() => readConfig({ GUICHET_PROFILE: path }));
    expect(mistakes).to.have.lengthOf(3);
    expect(mistakes.join('\n'))
      .to.include('channel')
      .and.to.include('listen.port')
      .and.to.include('endpoints.0.address is not host:port');
  });

  it('says which variable is missing or wrong', () => {
    expect(mistakesOf(() => readConfig({}))[0]).to.match(/^GUICHET_PROFILE is not set/);
    expect(
      mistakesOf(() => readConfig({ GUICHET_PROFILE: 'x', LOG_LEVEL: 'loud', GUICHET_SIGNER_LIMIT: '0' })),
    ).to.have.lengthOf(3);
    const nowhere = join(directory, 'nowhere');
    expect(mistakesOf(() => readNetwork({ GUICHET_DATA: nowhere }))[0]).to.match(/nowhere.network\.json is not there/);
  });

  const wrongEverywhere = () => ({
    GUICHET_PROFILE: write('profile.json', { ...PROFILE, channel: '' }),
    LOG_LEVEL: 'loud',
    GUICHET_OIDC_AUDIENCE: 'guichet',
    GUICHET_PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY_FILE: write('stripe', 'sk_of_somebody'),
  });
  const everyMistake = [
    /^LOG_LEVEL /,
    /profile\.json: channel /,
    /^GUICHET_OIDC_ISSUER is not set/,
    /stripe: is not a secret key/,
    /token: the token must have/,
  ];

  it('names the mistakes of environment, profile, payments and token together, each once', () => {
    write('token', 'short');
    const environment = wrongEverywhere();
    const mistakes = mistakesOf(() => readStart(environment));
    expect(mistakes).to.have.lengthOf(everyMistake.length);
    for (const [index, pattern] of everyMistake.entries()) expect(mistakes[index]).to.match(pattern);
    expect(mistakesOf(() => readStart({ ...environment, GUICHET_PROFILE: undefined }))).to.have.lengthOf(4);
    const token = 't'.repeat(43);
    write('token', token);
    expect(readStart({ GUICHET_PROFILE: write('profile.json', PROFILE) }).token).to.equal(token);
  });

  it('ends one start of a gateway with a line for every mistake', async () => {
    write('token', 'short');
    const started = promisify(execFile)(process.execPath, [MAIN], { env: { ...process.env, ...wrongEverywhere() } });
    const ended = (await started.catch((error: unknown) => error)) as { code?: number; stdout: string; stderr: string };
    const lines = ended.stderr.trimEnd().split('\n');
    expect([ended.code, ended.stdout, lines.length]).to.deep.equal([1, '', everyMistake.length]);
    for (const [index, pattern] of everyMistake.entries()) expect(lines[index]).to.match(pattern);
  });

  it('says how long it may be on its way out', () => {
    const environment = { GUICHET_PROFILE: write('profile.json', PROFILE) };
    expect(readConfig(environment).drainNoticeMs).to.equal(0);
    expect(readConfig({ ...environment, GUICHET_DRAIN_NOTICE_MS: '5000' }).drainNoticeMs).to.equal(5_000);
    const [mistake, ...more] = mistakesOf(() => readConfig({ ...environment, GUICHET_DRAIN_NOTICE_MS: 'soon' }));
    expect(mistake).to.match(/^GUICHET_DRAIN_NOTICE_MS /);
    expect(more).to.be.empty;
  });

  it('says which file is missing or no JSON', () => {
    expect(mistakesOf(() => readConfig({ GUICHET_PROFILE: join(directory, 'none') }))[0]).to.include("can't be read");
    expect(mistakesOf(() => readConfig({ GUICHET_PROFILE: write('broken.json', '{') }))[0]).to.include('is not JSON');
  });

  it('reads all gateways of a network', () => {
    write('organizer.json', PROFILE);
    const GUICHET_NETWORK = write('network.json', { gateways: [{ mspId: 'OrganizerMSP', profile: 'organizer.json' }] });
    expect(readNetwork({ GUICHET_NETWORK }).profiles.map(({ mspId }) => mspId)).to.deep.equal(['OrganizerMSP']);
  });

  it('refuses a token that is short enough to guess', () => {
    expect(mistakesOf(() => readToken(write('token', 'short\n')))).to.have.lengthOf(1);
    expect(readToken(write('token', `${'t'.repeat(43)}\n`))).to.equal('t'.repeat(43));
  });

  it('ends a program with exit code 1 and one line for each mistake', async () => {
    const before = process.exitCode;
    const lines: string[] = [];
    const stub = sinon.stub(process.stderr, 'write').callsFake((line) => lines.push(String(line)) > 0);
    try {
      await run(() => Promise.reject(new ConfigError(['one', 'two'])));
      expect(process.exitCode).to.equal(1);
    } finally {
      stub.restore();
      process.exitCode = before;
    }
    expect(lines).to.deep.equal(['one\n', 'two\n']);
  });
});
