/** Answers the questions of another thread (questions.ts). */
import type { Question, Reply } from './questions.js';

export interface Statements {
  query(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<{ readonly command: string; readonly rowCount: number | null; readonly rows: readonly unknown[] }>;
  close(): Promise<void>;
}

/** Never rejects: what fails is the answer. */
export async function answerTo({ id, sql, parameters }: Question, statements: Statements): Promise<Reply> {
  try {
    if (sql === undefined) {
      await statements.close();
      return { id, command: '', rowCount: 0, rows: [] };
    }
    const { command, rowCount, rows } = await statements.query(sql, parameters);
    return { id, command, rowCount: rowCount ?? 0, rows };
  } catch (error) {
    return failed(id, error);
  }
}

export function failed(id: number, cause: unknown): Reply {
  const { message, code } = cause as Error & { code?: string };
  return { id, error: { message, code } };
}
