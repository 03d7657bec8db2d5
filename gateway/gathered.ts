/** Questions of many, one query at a time: whoever comes meanwhile is in the next, so a crowd costs no more than one who asks again and again. */

interface Query<Question, Answer> {
  readonly questions: Set<Question>;
  readonly answer: Promise<Answer>;
}

export class Gathered<Question, Answer> {
  readonly #ask: (questions: readonly Question[]) => Promise<Answer>;
  readonly #maxQuestions: number;
  #next: Query<Question, Answer> | undefined;
  #asking: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param ask is given each question once @param maxQuestions of one query */
  constructor(ask: (questions: readonly Question[]) => Promise<Answer>, maxQuestions = Infinity) {
    this.#ask = ask;
    this.#maxQuestions = maxQuestions;
  }

  /** Who waits for an answer. */
  get waiting(): number {
    return this.#waiting;
  }

  /** @returns the answer to a query that has these questions among others */
  async ask(questions: readonly Question[]): Promise<Answer> {
    const query = this.#queryFor(questions.length);
    for (const question of questions) query.questions.add(question);
    this.#waiting += 1;
    try {
      return await query.answer;
    } finally {
      this.#waiting -= 1;
    }
  }

  #queryFor(count: number): Query<Question, Answer> {
    const next = this.#next;
    if (next && next.questions.size + count <= this.#maxQuestions) return next;
    return (this.#next = this.#plan());
  }

  #plan(): Query<Question, Answer> {
    const questions = new Set<Question>();
    const answer = this.#asking.then(() => {
      if (this.#next === query) this.#next = undefined;
      return this.#ask([...questions]);
    });
    // Whoever asked is told of its failure; the next query has nothing to do with it.
    this.#asking = answer.catch(() => undefined);
    const query = { questions, answer };
    return query;
  }
}
