/** What `npm run audit` is asked: `market <id>` with options. Bad input is one clear line. */
import { parseArgs } from 'node:util';
import { marketId, mspId } from '../../chaincode/domain/ids.js';
import { ConfigError } from '../../committee/service/configuration.js';

export interface AuditQuestion {
  readonly market: string;
  /** Where to write what an outsider needs. */
  readonly exportTo: string | undefined;
  readonly json: boolean;
  /** Whose peer is read; the network's first unless given. */
  readonly organization: string | undefined;
}

export const USAGE = 'npm run audit -- market <event>:m<n> [--export FILE] [--organization MSP] [--json]';

const OPTIONS = {
  export: { type: 'string' },
  organization: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** @throws {ConfigError} with one line that says what is wrong */
export function readArguments(args: readonly string[]): AuditQuestion {
  const { values, positionals } = parsed(args);
  const [command, market, ...more] = positionals;
  if (command !== 'market' || market === undefined || more.length > 0) throw new ConfigError([`usage: ${USAGE}`]);
  check(marketId.safeParse(market).success, `${market} is not a market id like OrganizerMSP:opening-night:m1`);
  const { organization } = values;
  check(organization === undefined || mspId.safeParse(organization).success, '--organization is an MSP id');
  check(values.export !== '', '--export is the name of a file');
  return { market, exportTo: values.export, json: values.json, organization };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    const [line = ''] = (cause as Error).message.split('\n');
    throw new ConfigError([`${line} usage: ${USAGE}`]);
  }
}

function check(holds: boolean, mistake: string): asserts holds {
  if (!holds) throw new ConfigError([mistake]);
}
