/** `npm run api -- client`: what is generated from the interface, or kept of it, made anew. */
import { writeFileSync } from 'node:fs';
import { generateClient } from './generate-client.js';

writeFileSync('gateway/client/generated.ts', await generateClient());
