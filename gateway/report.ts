/** What parts of the gateway tell, as lines of its log. */
import type { Logger } from 'pino';
import type { Report } from './fabric/clock.js';

const LEVELS = { alarm: 'error', warning: 'warn', info: 'info' } as const;

export function reportTo(logger: Logger): Report {
  return (level, message, { cause, ...details }) =>
    logger[LEVELS[level]]({ ...details, ...(cause !== undefined && { err: cause }) }, message);
}
