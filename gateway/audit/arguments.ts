/** What `npm run audit` is asked: `market <id>` with options. Bad input is one clear line. */
import { marketId, mspId } from '../../chaincode/domain/ids.js';
import { demand, parseCommandLine } from '../../committee/service/arguments.js';
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
  const { values, positionals } = parseCommandLine(args, OPTIONS, USAGE);
  const [command, market, ...more] = positionals;
  if (command !== 'market' || market === undefined || more.length > 0) throw new ConfigError([`usage: ${USAGE}`]);
  demand(marketId.safeParse(market).success, `${market} is not a market id like OrganizerMSP:opening-night:m1`);
  const { organization } = values;
  demand(organization === undefined || mspId.safeParse(organization).success, '--organization is an MSP id');
  demand(values.export !== '', '--export is the name of a file');
  return { market, exportTo: values.export, json: values.json, organization };
}
