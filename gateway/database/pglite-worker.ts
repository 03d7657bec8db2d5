/** PGlite in a thread of its own: it computes where it stands, and what waits for a sale must not wait for that. The other end is pglite-pool.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerTo, failed } from './answers.js';
import { openPGlite, statementsOf } from './pglite.js';
import type { Question, Reply } from './questions.js';

const port = parentPort;
if (!port) throw new Error('pglite-worker runs as a worker');
const { directory } = workerData as { readonly directory: string | undefined };

const answer = (reply: Reply) => port.postMessage(reply);

try {
  const statements = statementsOf(await openPGlite(directory));
  port.on('message', (question: Question) => void answerTo(question, statements).then(answer));
  answer({ id: 0, command: '', rowCount: 0, rows: [] });
} catch (error) {
  answer(failed(0, error));
}
