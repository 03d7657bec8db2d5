/** `npm run api -- client | publish`: what is generated from the interface, or kept of it, made anew. */
import { writeFileSync } from 'node:fs';
import { generateClient } from './generate-client.js';
import { publish } from './publish.js';

const COMMANDS: Readonly<Record<string, () => Promise<string> | string>> = {
  async client() {
    writeFileSync('gateway/client/generated.ts', await generateClient());
    return 'gateway/client/generated.ts is of now';
  },
  publish,
};

const command = COMMANDS[process.argv[2] ?? ''];
if (!command) throw new Error(`one of: ${Object.keys(COMMANDS).join(', ')}`);
console.log(await command());
