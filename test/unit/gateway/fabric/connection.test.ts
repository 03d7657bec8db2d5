import { generateKeyPairSync, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, ServerCredentials } from '@grpc/grpc-js';
// @peculiar/x509 needs it and does not bring it.
import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { Connection } from '../../../../gateway/fabric/connection.js';
import { PROFILE } from './fake-connection.js';

const SERVER_NAME = 'peer0.test';

describe('connection', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guichet-connection-'));
  const file = (name: string) => join(dir, name);
  const servers = new Map<number, Server>();
  let credentials: ServerCredentials;
  let connection: Connection;
  let ports: readonly number[];

  /** A gRPC server that knows no service: what counts is that it answers. */
  async function start(port = 0): Promise<number> {
    const server = new Server();
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${port}`, credentials, (error, at) => {
        if (error) reject(error);
        else resolve(at);
      });
    });
    servers.set(bound, server);
    return bound;
  }

  function stop(port: number): void {
    servers.get(port)?.forceShutdown();
    servers.delete(port);
  }

  async function untilCurrent(port: number): Promise<void> {
    while (connection.current().address !== `127.0.0.1:${port}`)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  before(async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const extensions = [new SubjectAlternativeNameExtension([{ type: 'dns', value: SERVER_NAME }])];
    const certificate = await X509CertificateGenerator.createSelfSigned({
      keys,
      signingAlgorithm: algorithm,
      extensions,
    });
    const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    const keyPem = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
    const certPem = certificate.toString('pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(file('tls.crt'), certPem);
    writeFileSync(file('id.crt'), certPem);
    writeFileSync(file('id.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const pair = { private_key: Buffer.from(keyPem), cert_chain: Buffer.from(certPem) };
    credentials = ServerCredentials.createSsl(null, [pair]);
  });

  beforeEach(async () => {
    ports = [await start(), await start()];
    const endpoints = ports.map((port) => ({
      mspId: 'ResellerMSP',
      address: `127.0.0.1:${port}`,
      tlsCaFile: file('tls.crt'),
      serverName: SERVER_NAME,
    }));
    const identities = { gateway: { certFile: file('id.crt'), keyFile: file('id.key') } };
    connection = new Connection({ profile: { ...PROFILE, endpoints, identities }, clock: systemClock });
  });

  afterEach(() => {
    connection.close();
    for (const port of servers.keys()) stop(port);
  });

  after(() => rmSync(dir, { recursive: true }));

  it('uses our own peer, another while that one is down, and our own again when it has returned', async () => {
    const [own = 0, other = 0] = ports;
    expect(connection.current().address).to.equal(`127.0.0.1:${own}`);
    await untilCurrent(own);
    stop(own);
    await untilCurrent(other);
    await start(own);
    await untilCurrent(own);
  });

  it('uses a suspect only when there is no other', async () => {
    const [own = 0, other = 0] = ports;
    connection.suspect(connection.endpoints[0]!);
    await untilCurrent(other);
    connection.suspect(connection.endpoints[1]!);
    await untilCurrent(own);
    connection.trust(connection.endpoints[1]!);
    await untilCurrent(other);
  });

  it('knows another peer to ask, where one can be reached', async () => {
    const [own = 0, other = 0] = ports;
    await untilCurrent(own);
    while (connection.another().address !== `127.0.0.1:${other}`)
      await new Promise((resolve) => setTimeout(resolve, 20));
    stop(other);
    while (connection.another().address !== `127.0.0.1:${own}`) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('takes in a peer of who joins while it is open, once', async () => {
    const [own = 0, other = 0] = ports;
    await untilCurrent(own);
    const third = await start();
    const endpoint = {
      mspId: 'AgencyMSP',
      address: `127.0.0.1:${third}`,
      tlsCaFile: file('tls.crt'),
      serverName: SERVER_NAME,
    };
    connection.extend([...connection.profile.endpoints, endpoint]);
    connection.extend([endpoint]);
    expect(connection.endpoints.map(({ mspId }) => mspId)).to.deep.equal(['ResellerMSP', 'ResellerMSP', 'AgencyMSP']);
    expect(connection.current().address).to.equal(`127.0.0.1:${own}`);
    stop(own);
    stop(other);
    await untilCurrent(third);
  });

  it('does not open without a peer', () => {
    const profile = { ...connection.profile, endpoints: [] };
    expect(() => new Connection({ profile, clock: systemClock })).to.throw('no peer');
  });
});
