/** Sets a new network up: founds the consortium and registers each organization's keys through its own gateway. Running it again does nothing. */
import { pino } from 'pino';
import { GuichetClient } from './client/guichet-client.js';
import { run } from '../committee/service/configuration.js';
import { readNetwork, readToken, type Profile } from './config.js';
import { openFabric } from './fabric/index.js';
import { foundConsortium } from './founding.js';
import { awaitOrganization, registerKeys } from './key-setup.js';

await run(async () => {
  const logger = pino({ name: 'setup' });
  const { profiles } = readNetwork();
  const [first] = profiles;
  if (!first) throw new Error('the network has no gateway');
  for (const step of await found(first)) logger.info(step, step.tx === undefined ? 'was done before' : 'done');
  const gateways = profiles.map(({ mspId, publicUrl, tokenFile }) => ({
    mspId,
    client: new GuichetClient({ baseUrl: publicUrl, token: readToken(tokenFile) }),
  }));
  // Before anything else is endorsed, every organization's peer must have read the founding.
  for (const { mspId, client } of gateways) await awaitOrganization(client, mspId);
  for (const { mspId, client } of gateways) {
    for (const key of await registerKeys(client, mspId)) logger.info({ mspId, ...key }, 'key registered');
  }
});

/** Any organization's member with the attribute `admin` may; the endorsements of all are what founds. */
async function found(profile: Profile) {
  const report = () => undefined;
  const fabric = openFabric(profile, { report });
  try {
    return await foundConsortium(fabric, profile.organizations);
  } finally {
    await fabric.close();
  }
}
