/** A problem that a gateway answered, as an error: programs look at `code`, people at the message. */
import { problemSchema, type Problem, type ProblemCode } from '../http/problem.js';

export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }

  get code(): ProblemCode {
    return this.problem.code;
  }

  get field(): string | undefined {
    return this.problem.field;
  }
}

/** @throws {Error} if the answer is no problem of ours: something else listens there */
export function readProblem(status: number, body: unknown): ProblemError {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) throw new Error(`answered ${status} without a problem document`);
  return new ProblemError(parsed.data);
}
