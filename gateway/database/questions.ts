/** Statements that go to a database in another thread, and what comes back. The other end is answers.ts. */

export interface Question {
  readonly id: number;
  /** undefined: close the database. */
  readonly sql: string | undefined;
  readonly parameters: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly command: string;
  readonly rowCount: number;
  readonly rows: readonly unknown[];
}

/** `id` 0 says that the database is open, or why not. */
export type Reply = Answer | { readonly id: number; readonly error: { message: string; code: string | undefined } };

export class PGliteError extends Error {
  override readonly name = 'PGliteError';

  /** @param code SQLSTATE, where the database said one */
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

export class Questions {
  readonly #send: (question: Question) => void;
  readonly #waiting = new Map<
    number,
    { readonly settle: (reply: Reply) => void; readonly fail: (error: Error) => void }
  >();
  #lastId = 0;
  #failure: Error | undefined;

  constructor(send: (question: Question) => void) {
    this.#send = send;
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** @throws {PGliteError} */
  ask(sql: string | undefined, parameters: readonly unknown[]): Promise<Answer> {
    const id = ++this.#lastId;
    const answer = this.answerTo(id);
    if (!this.#failure) this.#send({ id, sql, parameters });
    return answer;
  }

  answerTo(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      const settle = (reply: Reply) => {
        if ('error' in reply) reject(new PGliteError(reply.error.message, reply.error.code));
        else resolve(reply);
      };
      this.#waiting.set(id, { settle, fail: reject });
    });
  }

  settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    waiting?.settle(reply);
  }

  /** The other end is gone: whatever is asked from now on fails too. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { fail } of this.#waiting.values()) fail(this.#failure);
    this.#waiting.clear();
  }
}
