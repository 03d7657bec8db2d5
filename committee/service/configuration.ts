/** What a program is configured with: checked whole, before anything is begun, and told in one line for each mistake. */
import type { z } from 'zod';

/** What is wrong with the configuration, one line for each mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

/** @param where the file it stands in; empty for the environment. @throws {ConfigError} */
export function check<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const prefix = where === '' ? '' : `${where}: `;
  throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${prefix}${path.join('.')} ${message}`));
}

/** Reads all parts, so that one start names the mistakes of all; one that two of them meet is told once. @throws {ConfigError} */
export function checkAll<T extends object>(parts: { readonly [Name in keyof T]: () => T[Name] }): T {
  const mistakes = new Set<string>();
  const read = Object.entries<() => unknown>(parts).map(([name, part]) => {
    try {
      return [name, part()];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const mistake of error.mistakes) mistakes.add(mistake);
      return [name, undefined];
    }
  });
  if (mistakes.size > 0) throw new ConfigError([...mistakes]);
  return Object.fromEntries(read) as T;
}

/** Runs a program's main function: a mistake in its configuration is one clear line each, and the exit code is 1. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const mistake of error.mistakes) process.stderr.write(`${mistake}\n`);
    process.exitCode = 1;
  }
}
