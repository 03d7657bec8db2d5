/**
 * Membership: the MSP folders, TLS pairs and identities of every organization, in the layout that Fabric's programs
 * expect, with node OUs on. Issues what is missing and leaves what exists.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CertificateAuthority, type OrganizationalUnit } from './certificates.js';
import { writeWhole } from './data-directory.js';
import type { NetworkPlan, OrdererPlan, OrganizationPlan, PeerPlan } from './plan.js';

/** The TLS pair that an organization's chaincode servers share; peers present their own when they call. */
export const CHAINCODE_NODE = 'chaincode';
/** The TLS client pair with which an organization's gateway reads metrics. */
export const GATEWAY_NODE = 'gateway';

/** The name in a node's TLS certificate. */
export const serverName = (node: string, organization: OrganizationPlan): string =>
  `${node}.${organization.name}.guichet`;

export async function issueMembership(plan: NetworkPlan): Promise<void> {
  await Promise.all(plan.organizations.map(issueOrganization));
}

async function issueOrganization(organization: OrganizationPlan): Promise<void> {
  const { directory, name } = organization;
  const ca = await CertificateAuthority.open(directory.caDir, `ca.${name}.guichet`, name);
  const tlsCa = await CertificateAuthority.open(directory.tlsCaDir, `tlsca.${name}.guichet`, name);
  writeVerifyingMsp(directory.mspDir, ca, tlsCa);
  for (const node of organization.orderers) await issueNode(ca, tlsCa, node, 'orderer');
  for (const node of organization.peers) await issueNode(ca, tlsCa, node, 'peer');
  if (organization.peers.length > 0) await issueTls(tlsCa, organization, CHAINCODE_NODE, '127.0.0.1');
  await issueTls(tlsCa, organization, GATEWAY_NODE, organization.gateway?.host ?? '127.0.0.1');
  for (const [identity, attributes] of Object.entries(organization.identities)) {
    const unit = identity === 'admin' ? 'admin' : 'client';
    await ca.issue({ commonName: `${identity}.${name}`, unit, attributes, ...directory.identity(identity) });
  }
}

async function issueNode(
  ca: CertificateAuthority,
  tlsCa: CertificateAuthority,
  node: OrdererPlan | PeerPlan,
  unit: OrganizationalUnit,
): Promise<void> {
  const { organization } = node;
  const mspDir = organization.directory.nodeMspDir(node.node);
  await ca.issue({
    commonName: serverName(node.node, organization),
    unit,
    certFile: join(mspDir, 'signcerts', 'cert.pem'),
    keyFile: join(mspDir, 'keystore', 'key.pem'),
  });
  writeVerifyingMsp(mspDir, ca, tlsCa);
  await issueTls(tlsCa, organization, node.node, node.host);
}

async function issueTls(
  tlsCa: CertificateAuthority,
  organization: OrganizationPlan,
  node: string,
  host: string,
): Promise<void> {
  const commonName = serverName(node, organization);
  await tlsCa.issue({ commonName, hosts: [commonName, 'localhost', host], ...organization.directory.tls(node) });
}

function writeVerifyingMsp(mspDir: string, ca: CertificateAuthority, tlsCa: CertificateAuthority): void {
  if (existsSync(join(mspDir, 'config.yaml'))) return;
  for (const [folder, authority] of [
    ['cacerts', ca],
    ['tlscacerts', tlsCa],
  ] as const) {
    mkdirSync(join(mspDir, folder), { recursive: true });
    copyFileSync(authority.certFile, join(mspDir, folder, 'ca.pem'));
  }
  writeWhole(join(mspDir, 'config.yaml'), nodeUnits());
}

/** JSON is YAML. */
function nodeUnits(): string {
  const identifier = (unit: OrganizationalUnit) => ({
    Certificate: 'cacerts/ca.pem',
    OrganizationalUnitIdentifier: unit,
  });
  return `${JSON.stringify({
    NodeOUs: {
      Enable: true,
      ClientOUIdentifier: identifier('client'),
      PeerOUIdentifier: identifier('peer'),
      AdminOUIdentifier: identifier('admin'),
      OrdererOUIdentifier: identifier('orderer'),
    },
  })}\n`;
}

/** A PEM file's text. */
export const readPem = (file: string): string => readFileSync(file, 'utf8');
