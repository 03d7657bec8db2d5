/** `npm run season`: loads the sample season into the running network. */
import type { Role } from '../../chaincode/domain/records.js';
import { GuichetClient } from '../client/guichet-client.js';
import { ConfigError, run } from '../../committee/service/configuration.js';
import { readNetwork, readToken, type Profile } from '../config.js';
import { loadSeason } from './load.js';

await run(async () => {
  const { profiles } = readNetwork();
  const [first] = profiles;
  const organizer = profiles.find((profile) => profile.mspId === mspOf(profile, 'organizer'));
  if (!first || !organizer) throw new ConfigError(['the network has no gateway of an organizer']);
  const report = (line: string) => void process.stdout.write(`${line}\n`);
  const client = new GuichetClient({ baseUrl: organizer.publicUrl, token: readToken(organizer.tokenFile) });
  const msps = { organizer: organizer.mspId, reseller: mspOf(first, 'reseller'), venue: mspOf(first, 'venue') };
  const { events, allotments, places, listings, resales } = await loadSeason({ ...msps, client, report });
  report(`${events} events, ${allotments} allotments and ${places} places are new`);
  report(`${listings} listings and ${resales} resales are new`);
});

function mspOf({ organizations }: Profile, role: Role): string {
  const found = organizations.find(({ roles }) => roles.includes(role));
  if (!found) throw new ConfigError([`the network has no ${role}`]);
  return found.mspId;
}
