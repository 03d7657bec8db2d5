/** Has the organizations of the network appoint its committee, each by its own gateway. Running it again does nothing. */
import { appointCommittee, AppointmentError } from './appoint.js';
import { GuichetClient } from './client/guichet-client.js';
import { ConfigError, run } from '../committee/service/configuration.js';
import { readAppointment, readToken } from './config.js';

await run(async () => {
  const { committee, profiles } = readAppointment();
  if (committee.members.length === 0) return;
  const [first, ...others] = profiles.map(({ mspId, publicUrl, tokenFile }) => ({
    mspId,
    client: new GuichetClient({ baseUrl: publicUrl, token: readToken(tokenFile) }),
  }));
  if (!first) throw new ConfigError(['nobody has a gateway']);
  const report = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    const { members: nodes, threshold } = committee;
    await appointCommittee({ nodes, threshold, voters: [first, ...others], report });
  } catch (error) {
    if (!(error instanceof AppointmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
});
