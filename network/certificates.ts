/**
 * Certificates: a small authority of our own for the default network (a real consortium brings its own CA).
 * Attributes go where Fabric CA puts them, so that chaincode reads them with `ClientIdentity.getAttributeValue`.
 */
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
// @peculiar/x509 refuses to load without it.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { writeWhole } from './data-directory.js';

/** Fabric CA's certificate extension: `{"attrs":{"name":"value"}}` as plain bytes. */
export const ATTRIBUTES_OID = '1.2.3.4.5.6.7.8.1';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const LEAF_DAYS = 365;
/** Clocks of different machines differ: a new certificate is valid a little before it exists. */
const BACKDATE_MS = 300_000;

/** Node organizational units by which an MSP tells what a certificate is for. */
export type OrganizationalUnit = 'client' | 'peer' | 'admin' | 'orderer';

export interface LeafRequest {
  readonly commonName: string;
  readonly unit?: OrganizationalUnit;
  /** Attribute names; each is issued with the value "true". */
  readonly attributes?: readonly string[];
  /** Host names and addresses make it a TLS certificate, for servers and clients alike. */
  readonly hosts?: readonly string[];
  readonly certFile: string;
  readonly keyFile: string;
}

/** A self-signed root and the certificates under it; whatever is already on disk stays. */
export class CertificateAuthority {
  readonly certFile: string;
  readonly #certificate: x509.X509Certificate;
  readonly #key: webcrypto.CryptoKey;

  private constructor(certFile: string, certificate: x509.X509Certificate, key: webcrypto.CryptoKey) {
    this.certFile = certFile;
    this.#certificate = certificate;
    this.#key = key;
  }

  /** Loads the authority of a directory, or founds it. */
  static async open(dir: string, commonName: string, organization: string): Promise<CertificateAuthority> {
    const certFile = join(dir, 'ca.crt');
    const keyFile = join(dir, 'ca.key');
    if (!existsSync(certFile) || !existsSync(keyFile)) await found(certFile, keyFile, commonName, organization);
    const key = await webcrypto.subtle.importKey('pkcs8', derOf(readFileSync(keyFile, 'utf8')), ALGORITHM, false, [
      'sign',
    ]);
    return new CertificateAuthority(certFile, new x509.X509Certificate(readFileSync(certFile, 'utf8')), key);
  }

  /** Issues a certificate unless both files exist. */
  async issue(request: LeafRequest): Promise<void> {
    if (existsSync(request.certFile) && existsSync(request.keyFile)) return;
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(LEAF_DAYS),
      subject: nameOf(request.commonName, this.#certificate.subjectName.getField('O')[0] ?? '', request.unit),
      issuer: this.#certificate.subjectName.toJSON(),
      publicKey: keys.publicKey,
      signingKey: this.#key,
      signingAlgorithm: ALGORITHM,
      extensions: await this.#leafExtensions(request, keys.publicKey),
    });
    writePair(request, certificate, keys.privateKey);
  }

  async #leafExtensions(request: LeafRequest, publicKey: webcrypto.CryptoKey): Promise<x509.Extension[]> {
    const { hosts = [], attributes = [] } = request;
    const extensions: x509.Extension[] = [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(await this.#certificate.publicKey.export()),
    ];
    if (hosts.length > 0) {
      extensions.push(
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
        new x509.SubjectAlternativeNameExtension(
          hosts.map((host) => ({ type: isIP(host) ? ('ip' as const) : ('dns' as const), value: host })),
        ),
      );
    }
    if (attributes.length > 0) extensions.push(attributesExtension(attributes));
    return extensions;
  }
}

function attributesExtension(attributes: readonly string[]): x509.Extension {
  const attrs = Object.fromEntries(attributes.map((attribute) => [attribute, 'true']));
  return new x509.Extension(ATTRIBUTES_OID, false, new TextEncoder().encode(JSON.stringify({ attrs })));
}

async function found(certFile: string, keyFile: string, commonName: string, organization: string): Promise<void> {
  const keys = await newKeys();
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(AUTHORITY_DAYS),
    name: nameOf(commonName, organization),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign | digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writePair({ certFile, keyFile }, certificate, keys.privateKey);
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const validity = (days: number) => ({
  serialNumber: serialNumber(),
  notBefore: new Date(Date.now() - BACKDATE_MS),
  notAfter: new Date(Date.now() + days * DAY_MS),
});

/** RFC 5280: positive and at most 20 octets. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

const nameOf = (commonName: string, organization: string, unit?: OrganizationalUnit): x509.JsonName => [
  { O: [organization] },
  ...(unit ? [{ OU: [unit] }] : []),
  { CN: [commonName] },
];

/** The key first: a certificate on disk always has its key beside it. */
function writePair(
  files: { certFile: string; keyFile: string },
  certificate: x509.X509Certificate,
  privateKey: webcrypto.CryptoKey,
): void {
  const pem = KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' });
  writeWhole(files.keyFile, pem, 0o600);
  writeWhole(files.certFile, `${certificate.toString('pem')}\n`);
}

const derOf = (pem: string): ArrayBuffer => x509.PemConverter.decodeFirst(pem);
