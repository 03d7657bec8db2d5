import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CertificateAuthority } from '../../../network/certificates.js';

const DAY_MS = 86_400_000;

/** What chaincode reads: the shim's own parser of certificate attributes. */
function attributesSeenByChaincode(certFile: string): Record<string, string> {
  const { ClientIdentity } = createRequire(import.meta.url)('fabric-shim') as {
    ClientIdentity: new (stub: object) => { attrs: Record<string, string> };
  };
  const creator = { mspid: 'OrganizerMSP', idBytes: readFileSync(certFile) };
  const stub = { getCreator: () => creator, getChannelID: () => 'guichet', getTxID: () => 'transaction' };
  return new ClientIdentity(stub).attrs;
}

describe('certificates', () => {
  let dir: string;
  const files = (name: string) => ({ certFile: join(dir, `${name}.pem`), keyFile: join(dir, `${name}.key`) });
  const read = (name: string) => new X509Certificate(readFileSync(files(name).certFile));
  const open = () => CertificateAuthority.open(join(dir, 'ca'), 'ca.organizer.guichet', 'organizer');
  const daysLeft = (certificate: X509Certificate) => (Date.parse(certificate.validTo) - Date.now()) / DAY_MS;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'guichet-certificates-'));
    const ca = await open();
    const attributes = ['box-office', 'admin'];
    await ca.issue({ commonName: 'gateway.organizer', unit: 'client', attributes, ...files('gateway') });
    await ca.issue({ commonName: 'peer0.organizer.guichet', unit: 'peer', ...files('peer') });
    await ca.issue({ commonName: 'tls', hosts: ['peer0.organizer.guichet', '127.0.0.1'], ...files('tls') });
  });

  after(() => rmSync(dir, { recursive: true }));

  it('carries attributes where chaincode reads them', () => {
    expect(attributesSeenByChaincode(files('gateway').certFile)).to.deep.equal({ 'box-office': 'true', admin: 'true' });
    expect(attributesSeenByChaincode(files('peer').certFile)).to.deep.equal({});
  });

  it('names the organization, the node unit and itself', () => {
    expect(read('gateway').subject).to.equal('O=organizer\nOU=client\nCN=gateway.organizer');
    expect(read('peer').subject).to.equal('O=organizer\nOU=peer\nCN=peer0.organizer.guichet');
  });

  it('is signed by its authority and is none itself', () => {
    const authority = new X509Certificate(readFileSync(join(dir, 'ca', 'ca.crt')));
    expect(authority.ca).to.be.true;
    for (const name of ['gateway', 'peer', 'tls']) {
      expect(read(name).ca).to.be.false;
      expect(read(name).checkIssued(authority)).to.be.true;
      expect(read(name).verify(authority.publicKey)).to.be.true;
    }
  });

  it('names hosts and addresses for TLS', () => {
    expect(read('tls').checkHost('peer0.organizer.guichet')).to.equal('peer0.organizer.guichet');
    expect(read('tls').checkIP('127.0.0.1')).to.equal('127.0.0.1');
    expect(read('tls').checkHost('peer0.reseller.guichet')).to.be.undefined;
  });

  it('lasts ten years for an authority and one for everything else', () => {
    const authority = new X509Certificate(readFileSync(join(dir, 'ca', 'ca.crt')));
    expect(daysLeft(authority)).to.be.closeTo(3650, 1);
    expect(daysLeft(read('gateway'))).to.be.closeTo(365, 1);
  });

  it('has a random serial number', () => {
    const serials = ['gateway', 'peer', 'tls'].map((name) => read(name).serialNumber);
    expect(new Set(serials)).to.have.property('size', 3);
    for (const serial of serials) expect(serial).to.match(/^[4-7][0-9A-F]{31}$/);
  });

  it('keeps keys from other users', () => {
    for (const file of [join(dir, 'ca', 'ca.key'), files('gateway').keyFile, files('tls').keyFile]) {
      expect(statSync(file).mode & 0o777).to.equal(0o600);
    }
  });

  it('is not issued again', async () => {
    const before = readFileSync(files('gateway').certFile, 'utf8');
    await (await open()).issue({ commonName: 'gateway.organizer', unit: 'client', ...files('gateway') });
    expect(readFileSync(files('gateway').certFile, 'utf8')).to.equal(before);
  });
});
