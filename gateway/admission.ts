/** Has the other organizations of the network vote on the admission of GUICHET_JOIN, each by its own gateway. Running it again does nothing. */
import { admitOrganization, AdmissionError } from './admit.js';
import { GuichetClient } from './client/guichet-client.js';
import { ConfigError, run } from '../committee/service/configuration.js';
import { readAdmission, readToken } from './config.js';

await run(async () => {
  const { newcomer, profiles } = readAdmission();
  const [first, ...others] = profiles.map(({ mspId, publicUrl, tokenFile }) => ({
    mspId,
    client: new GuichetClient({ baseUrl: publicUrl, token: readToken(tokenFile) }),
  }));
  if (!first) throw new ConfigError([`nobody but ${newcomer.mspId} has a gateway`]);
  const report = (line: string) => void process.stdout.write(`${line}\n`);
  try {
    await admitOrganization({ newcomer, voters: [first, ...others], report });
  } catch (error) {
    if (!(error instanceof AdmissionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
});
