/**
 * What a log is told of an error: its class, its code, what kind of thing it says, and where it came from; its causes too. Never the values in it:
 * a database quotes the row, a parser the body, and either may name a holder, a statement or a card. Which request it was says the request's id.
 */

/** Of errors whose members we know: closed lists and names of ours. Anything longer than a name is a value. */
const MEMBERS = ['code', 'stage', 'reason', 'syscall', 'table', 'constraint', 'severity'] as const;
const NAME = /^[A-Za-z][\w.-]{0,39}$/;
const MOST_CAUSES = 8;

/** Words of a sentence, codes, counts and addresses. A number that is longer, or a name, may be somebody's. */
const PLAIN =
  /^(?:[a-z][a-z'’-]{0,19}|[A-Z]+(?:_[A-Z]+)+|[A-Za-z]+MSP|\d{1,5}|(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?)[:;,.]?$/;
const FIRST = /^[A-Z][a-z]{1,19}[:;,.]?$/;
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g;
const FRAME = /^ {4}at .*[(\s/](?:[\w.@%+-]+\/)*[\w.@%+-]+:\d+(?::\d+)?\)?$/;

export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: LoggedError;
  readonly [member: string]: unknown;
}

/** For pino. */
export const ERROR_SERIALIZERS = { err: (error: unknown) => loggedError(error) };

export function loggedError(error: unknown, left = MOST_CAUSES): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '…', stack: '' };
  const { cause } = error;
  return {
    type: NAME.test(error.name) ? error.name : 'Error',
    ...membersOf(error),
    message: kindOf(error.message),
    stack: framesOf(error),
    ...(cause !== undefined && left > 0 && { cause: loggedError(cause, left - 1) }),
    ...(error instanceof AggregateError && {
      errors: error.errors.slice(0, left).map((each) => loggedError(each, Math.floor(left / 2))),
    }),
  };
}

function membersOf(error: object): Readonly<Record<string, string | number>> {
  const members: Record<string, string | number> = {};
  for (const name of MEMBERS) {
    const value = (error as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'number' || (typeof value === 'string' && isName(value))) members[name] = value;
  }
  return members;
}

/** SQLSTATE may begin with a digit. */
const isName = (value: string): boolean => NAME.test(value) || /^[0-9A-Z]{5}$/.test(value);

/** The sentence without what was put into it. */
function kindOf(message: string): string {
  const words = message.slice(0, 2_000).replace(QUOTED, '…').split(/\s+/);
  return words.map((word, at) => (PLAIN.test(word) || (at === 0 && FIRST.test(word)) ? word : '…')).join(' ');
}

/** A stack begins with the message, which may have lines of its own. */
function framesOf({ stack = '', message }: Error): string {
  const after = stack.indexOf(message) + message.length;
  return stack
    .slice(stack.includes(message) ? after : 0)
    .split('\n')
    .filter((line) => FRAME.test(line))
    .join('\n');
}
