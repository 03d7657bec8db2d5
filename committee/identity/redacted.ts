/**
 * Personal data that can't slip into a log. Whoever extends this keeps its values in private fields and gives them out by getters, so that a copy,
 * a spread, JSON, a template string and an inspection show nothing.
 */
export abstract class Redacted {
  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  /** What `util.inspect`, and with it `console.log` and an assertion's message, shows. Named by its key: browsers have no such module. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.constructor.name} [redacted]`;
  }
}
