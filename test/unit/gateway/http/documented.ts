/** Holds what a test's gateway has answered, as its log tells it, against what the document says of each operation: `default` is not asked. */
import { statusesOf } from '../../../../gateway/http/openapi-problems.js';
import type { Operation } from '../../../../gateway/http/operation.js';
import { OPERATIONS } from '../../../../gateway/http/operations/index.js';

interface Line {
  readonly msg: string;
  readonly operation?: string;
  readonly status: number;
  readonly code?: string;
}

const PROBLEMS = 400;

/** @throws {Error} that names the first one */
export function requireDocumented(log: readonly string[], operations: readonly Operation[] = OPERATIONS): void {
  const told = new Map(operations.map((each) => [each.id, new Set(statusesOf(each))]));
  for (const line of log.map((text) => JSON.parse(text) as Line)) {
    const statuses = told.get(line.operation ?? '');
    if (line.msg !== 'answered' || line.status < PROBLEMS || !statuses || statuses.has(line.status)) continue;
    throw new Error(
      `${line.operation ?? ''} answered ${line.status} ${line.code ?? ''}, which the document does not say`,
    );
  }
}
