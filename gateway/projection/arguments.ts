/** What `npm run projection` is asked: one of two commands. */
import { ConfigError } from '../../committee/service/configuration.js';

export const COMMANDS = ['rebuild', 'verify'] as const;
export type ProjectionCommand = (typeof COMMANDS)[number];

/** @throws {ConfigError} with one line that says what is wrong */
export function readArguments([given, ...more]: readonly string[]): ProjectionCommand {
  const command = COMMANDS.find((each) => each === given);
  if (!command || more.length > 0) throw new ConfigError(['usage: npm run projection -- rebuild | verify']);
  return command;
}
