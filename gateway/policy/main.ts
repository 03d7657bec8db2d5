/** `npm run policy -- explain <event>`: prints an event's rules in plain words, and what a resale at a price pays to whom. */
import { GuichetClient } from '../client/guichet-client.js';
import { ProblemError } from '../client/problem-error.js';
import type { ExplainedPolicy } from '../client/resources.js';
import { ConfigError, run } from '../../committee/service/configuration.js';
import { readNetwork } from '../config.js';
import { readArguments, type PolicyQuestion } from './arguments.js';
import { pageOf } from './page.js';

await run(async () => {
  const question = readArguments(process.argv.slice(2));
  process.stdout.write(pageOf(await ask(question), question.language));
});

/** @throws {ConfigError} with what the gateway refuses, or that nobody answers */
async function ask({ event, gateway = firstGateway(), ...rest }: PolicyQuestion): Promise<ExplainedPolicy> {
  const client = new GuichetClient({ baseUrl: gateway });
  const { language, priceClass, askMinor, sellerFeeMinor, buyerFeeMinor } = rest;
  const query = { language, priceClass, askMinor, sellerFeeMinor, buyerFeeMinor };
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    return await client.policy(event, Object.fromEntries(given));
  } catch (cause) {
    if (cause instanceof ProblemError) throw new ConfigError([cause.message]);
    const reason = (cause as Error & { cause?: { code?: string } }).cause?.code ?? (cause as Error).message;
    throw new ConfigError([`${gateway}: no gateway answers there (${reason})`]);
  }
}

function firstGateway(): string {
  const [first] = readNetwork().profiles;
  if (!first) throw new ConfigError(['the network has no gateway']);
  return first.publicUrl;
}
