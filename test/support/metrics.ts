/** What an orderer says of itself on its operations service (Prometheus text), asked with its own organization's certificate. */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { GATEWAY_NODE, serverName } from '../../network/membership.js';
import type { OrdererPlan } from '../../network/network.js';

const IS_LEADER = /^consensus_BFT_is_leader\{[^}]*\} 1$/m;

export async function isLeader(orderer: OrdererPlan): Promise<boolean> {
  return IS_LEADER.test(await metricsOf(orderer));
}

function metricsOf({ node, host, operationsPort, organization }: OrdererPlan): Promise<string> {
  const { certFile, keyFile } = organization.directory.tls(GATEWAY_NODE);
  const tls = {
    ca: readFileSync(organization.directory.tlsCaFile),
    cert: readFileSync(certFile),
    key: readFileSync(keyFile),
    servername: serverName(node, organization),
  };
  return new Promise((resolve, reject) => {
    const request = get(`https://${host}:${operationsPort}/metrics`, tls, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text)).on('error', reject);
    });
    request.on('error', reject);
  });
}
