/** What a command line asks: bad input is one clear line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError } from './configuration.js';

/** @throws {ConfigError} with one line that says what is wrong, and the usage */
export function parseCommandLine<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    const [line = ''] = (cause as Error).message.split('\n');
    throw new ConfigError([`${line} usage: ${usage}`]);
  }
}

/** @throws {ConfigError} with this mistake */
export function demand(holds: boolean, mistake: string): asserts holds {
  if (!holds) throw new ConfigError([mistake]);
}
