/** PGlite in a thread of its own: it computes where it stands, and what waits for a sale must not wait for that. The other end is pglite-pool.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

export interface Question {
  readonly id: number;
  /** undefined: close the database. */
  readonly sql: string | undefined;
  readonly parameters: readonly unknown[];
}

/** `id` 0 says that the database is open, or why not. */
export type Reply =
  | { readonly id: number; readonly command: string; readonly rowCount: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };

const port = parentPort;
if (!port) throw new Error('pglite-worker runs as a worker');
const { directory } = workerData as { readonly directory: string | undefined };

const answer = (reply: Reply) => port.postMessage(reply);
const failed = (id: number, cause: unknown): Reply => {
  const { message, code } = cause as Error & { code?: string };
  return { id, error: { message, code } };
};

try {
  const db = await PGlite.create(directory ?? 'memory://');
  port.on('message', (question: Question) => void handle(db, question));
  answer({ id: 0, command: '', rowCount: 0, rows: [] });
} catch (error) {
  answer(failed(0, error));
}

async function handle(db: PGlite, { id, sql, parameters }: Question): Promise<void> {
  try {
    if (sql === undefined) {
      await db.close();
      answer({ id, command: '', rowCount: 0, rows: [] });
      return;
    }
    const { command = '', rowCount = 0, rows } = await db.query(sql, [...parameters]);
    answer({ id, command, rowCount, rows });
  } catch (error) {
    answer(failed(id, error));
  }
}
