import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { resetNetwork } from '../../../network/down.js';
import { NetworkError } from '../../../network/errors.js';
import { withLock } from '../../../network/lock.js';
import { assertPortsFree, checkGo, checkPlatform, versionIn } from '../../../network/preflight.js';

const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof NetworkError) return error.code;
    throw error;
  }
  return 'accepted';
};
const platform = (name: string, node: string) => codeOf(() => Promise.resolve().then(() => checkPlatform(name, node)));

describe('preflight', () => {
  it('reads versions', () => {
    expect(versionIn('go version go1.26.8 linux/amd64')).to.deep.equal([1, 26, 8]);
    expect(versionIn('go version go1.25 linux/amd64')).to.deep.equal([1, 25, 0]);
  });

  it('refuses an old Node and other systems', async () => {
    expect(await platform('linux', '20.19.0')).to.equal('accepted');
    expect(await platform('linux', '22.1.0')).to.equal('accepted');
    expect(await platform('linux', '20.18.3')).to.equal('NODE_TOO_OLD');
    expect(await platform('win32', '22.1.0')).to.equal('PLATFORM_UNSUPPORTED');
  });

  it('refuses an old Go and a missing one', async () => {
    expect(await codeOf(() => checkGo(() => Promise.resolve('go version go1.24.2 linux/arm64')))).to.equal('accepted');
    expect(await codeOf(() => checkGo(() => Promise.resolve('go version go1.22.5 linux/arm64')))).to.equal(
      'GO_TOO_OLD',
    );
    expect(await codeOf(() => checkGo(() => Promise.reject(new Error('ENOENT'))))).to.equal('GO_MISSING');
  });

  it('refuses a taken port and names it and its purpose', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
    });
    const { port } = server.address() as AddressInfo;
    const check = assertPortsFree([{ name: 'peer0-organizer', host: '127.0.0.1', ports: [port] }]);
    const error = await check.catch((thrown: unknown) => thrown as NetworkError);
    expect(error).to.be.instanceOf(NetworkError).with.property('code', 'PORT_TAKEN');
    expect((error as NetworkError).message)
      .to.contain(String(port))
      .and.to.contain('peer0-organizer');
    await new Promise((resolve) => server.close(resolve));
    await assertPortsFree([{ name: 'peer0-organizer', host: '127.0.0.1', ports: [port] }]);
  });
});

describe('ports', () => {
  it('of a process that is just going away are waited for', async () => {
    const server = await new Promise<Server>((resolve) => {
      const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening));
    });
    const { port } = server.address() as AddressInfo;
    const check = assertPortsFree([{ name: 'orderer0-reseller', host: '127.0.0.1', ports: [port] }]);
    // It has been found taken by then.
    setImmediate(() => server.close());
    await check;
  });
});

describe('reset', () => {
  it('leaves a folder alone that was never a network’s, whatever its files are called', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guichet-reset-'));
    mkdirSync(join(dataDir, 'logs'));
    for (const topology of ['{"cities": []}', 'not JSON']) {
      writeFileSync(join(dataDir, 'topology.json'), topology);
      expect(await codeOf(() => resetNetwork({ dataDir }))).to.equal('NOT_A_NETWORK');
      expect(readdirSync(dataDir)).to.have.members(['logs', 'topology.json']);
    }
    rmSync(dataDir, { recursive: true });
  });
});

describe('lock', () => {
  it('lets one command at a time into a data directory, and another into another', async () => {
    await withLock('/data/a', async () => {
      expect(await codeOf(() => withLock('/data/a', () => Promise.resolve()))).to.equal('LOCKED');
      expect(await codeOf(() => withLock('/data/b', () => Promise.resolve()))).to.equal('accepted');
    });
    expect(await codeOf(() => withLock('/data/a', () => Promise.resolve()))).to.equal('accepted');
  });
});
