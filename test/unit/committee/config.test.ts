import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../committee/service/configuration.js';
import { readConfig } from '../../../committee/config.js';

const PEER = { mspId: 'VenueMSP', address: '127.0.0.1:7210', tlsCaFile: 'ca.crt', serverName: 'peer0' };
const PROFILE = {
  organization: 'venue',
  mspId: 'VenueMSP',
  node: 'committee0',
  channel: 'guichet',
  chaincode: 'guichet',
  listen: { host: '127.0.0.1', port: 7220 },
  peers: [PEER],
  identity: { certFile: 'cert.pem', keyFile: '/elsewhere/key.pem' },
  dataDir: 'data',
  keyFile: 'key',
};

describe("a node's configuration", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'guichet-config-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (content: unknown): string => {
    const path = join(directory, 'profile.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const read = (content: unknown) => readConfig({ GUICHET_PROFILE: write(content) });
  const mistakesOf = (reading: () => unknown): readonly string[] => {
    try {
      reading();
    } catch (error) {
      if (error instanceof ConfigError) return error.mistakes;
      throw error;
    }
    return [];
  };

  it('is a profile, its paths relative to it', () => {
    const { profile, logLevel } = read(PROFILE);
    expect(profile.peers[0]?.tlsCaFile).to.equal(join(directory, 'ca.crt'));
    expect(profile.identity).to.deep.equal({ certFile: join(directory, 'cert.pem'), keyFile: '/elsewhere/key.pem' });
    expect([profile.dataDir, profile.keyFile]).to.deep.equal([join(directory, 'data'), join(directory, 'key')]);
    expect(logLevel).to.equal('info');
  });

  it('names the mistakes of environment and profile together', () => {
    const GUICHET_PROFILE = write({ ...PROFILE, channel: '' });
    const mistakes = mistakesOf(() => readConfig({ GUICHET_PROFILE, LOG_LEVEL: 'loud' }));
    expect(mistakes).to.have.lengthOf(2);
    expect(mistakes[0]).to.match(/^LOG_LEVEL /);
    expect(mistakes[1]).to.include('profile.json: channel ');
    expect(mistakesOf(() => readConfig({}))).to.have.lengthOf(1);
  });

  it('has limits for each day unless told otherwise, each for itself, and leaves what it does not know', () => {
    const defaults = { masterHandles: 2_000, eventHandles: 50_000, gateChecks: 50_000 };
    expect(read(PROFILE).profile.limitsPerDay).to.deep.equal(defaults);
    const told = { ...PROFILE, limitsPerDay: { gateChecks: 5 }, more: 1 };
    expect(read(told).profile.limitsPerDay).to.deep.equal({ ...defaults, gateChecks: 5 });
  });

  const wrong: readonly (readonly [string, object])[] = [
    ['organization', { organization: '' }],
    ['mspId', { mspId: 'no msp' }],
    ['node', { node: 'Committee 0' }],
    ['channel', { channel: '' }],
    ['chaincode', { chaincode: 7 }],
    ['listen.host', { listen: { host: '', port: 1 } }],
    ['listen.port', { listen: { host: 'h', port: 65_536 } }],
    ['peers', { peers: [] }],
    ['peers.0.address', { peers: [{ ...PEER, address: 'peer' }] }],
    ['peers.0.tlsCaFile', { peers: [{ ...PEER, tlsCaFile: '' }] }],
    ['peers.0.serverName', { peers: [{ ...PEER, serverName: undefined }] }],
    ['identity.certFile', { identity: { ...PROFILE.identity, certFile: '' } }],
    ['identity.keyFile', { identity: { certFile: 'x' } }],
    ['dataDir', { dataDir: '' }],
    ['keyFile', { keyFile: undefined }],
    ['limitsPerDay.masterHandles', { limitsPerDay: { masterHandles: 0 } }],
    ['limitsPerDay.eventHandles', { limitsPerDay: { eventHandles: 1.5 } }],
    ['limitsPerDay.gateChecks', { limitsPerDay: { gateChecks: 1e9 } }],
  ];
  for (const [member, change] of wrong)
    it(`is refused in one line for a wrong ${member}`, () => {
      const mistakes = mistakesOf(() => read({ ...PROFILE, ...change }));
      expect(mistakes).to.have.length(1);
      expect(mistakes[0]).to.match(/^[^\n]+$/);
      expect(mistakes[0]?.startsWith(`${join(directory, 'profile.json')}: ${member} `), mistakes[0]).to.equal(true);
    });

  it('names each mistake in a line of its own', () => {
    const mistakes = mistakesOf(() => read({ ...PROFILE, channel: '', dataDir: '', listen: { host: 'h', port: -1 } }));
    expect(mistakes).to.have.length(3);
  });

  it('says which variable is missing or wrong, and which file', () => {
    expect(mistakesOf(() => readConfig({}))).to.deep.equal([
      'GUICHET_PROFILE is not set: it names the profile that the network wrote for this node',
    ]);
    expect(mistakesOf(() => readConfig({ GUICHET_PROFILE: write(PROFILE), LOG_LEVEL: 'loud' }))[0]).to.match(
      /^LOG_LEVEL /,
    );
    expect(mistakesOf(() => readConfig({ GUICHET_PROFILE: join(directory, 'none') }))[0]).to.include("can't be read");
    for (const content of ['{', '', '{"organization": "venue",\n}']) {
      const mistakes = mistakesOf(() => read(content));
      expect(mistakes).to.have.length(1);
      expect(mistakes[0]).to.match(/^[^\n]*can't be read[^\n]*$/);
    }
  });
});
