/** `npm run tour`: tells the whole story on the running network. Exit code 0 only if every step held. */
import { httpNode } from '../../committee/client/index.js';
import { GuichetClient } from '../client/guichet-client.js';
import { ConfigError, run } from '../../committee/service/configuration.js';
import { readAppointment, readToken, type Profile } from '../config.js';
import type { Role } from '../../chaincode/domain/records.js';
import { SignerClient } from '../signer/client.js';
import type { Cast } from './cast.js';
import { StoryBroken } from './narrator.js';
import { tellStory } from './story.js';

await run(async () => {
  const { profiles, committee } = readAppointment();
  const signers: SignerClient[] = [];
  const party = ({ mspId, publicUrl, tokenFile, signer }: Profile) => {
    const keys = new SignerClient({ socket: signer.socket });
    signers.push(keys);
    return { mspId, client: new GuichetClient({ baseUrl: publicUrl, token: readToken(tokenFile) }), signer: keys };
  };
  const [organizer, reseller, venue] = [
    playing('organizer', profiles),
    playing('reseller', profiles),
    playing('venue', profiles),
  ];
  const others = profiles.filter((profile) => ![organizer, reseller, venue].includes(profile));
  const cast: Cast = {
    organizer: party(organizer),
    reseller: party(reseller),
    venue: party(venue),
    others: others.map(party),
    nodes: committee.members.map(({ mspId, node, url }) => httpNode({ mspId, node, baseUrl: url })),
  };
  try {
    await tell(cast);
  } finally {
    for (const signer of signers) signer.close();
  }
});

async function tell(cast: Cast): Promise<void> {
  const write = (line: string) => void process.stdout.write(line);
  try {
    const { held, refused } = await tellStory(cast, { write, colours: process.stdout.isTTY, markets: true });
    write(`\n   ${held} steps held, ${refused} of them refusals.\n\n`);
  } catch (error) {
    if (!(error instanceof StoryBroken)) throw error;
    process.stderr.write(`\n  The story broke: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function playing(role: Role, profiles: readonly Profile[]): Profile {
  const found = profiles.find(({ mspId, organizations }) =>
    organizations.some((each) => each.mspId === mspId && each.roles.includes(role)),
  );
  if (!found) throw new ConfigError([`the network has no gateway of a ${role}`]);
  return found;
}
