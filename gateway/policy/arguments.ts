/** What `npm run policy` is asked: `explain <event>` with options. Bad input is one clear line. */
import { parseArgs } from 'node:util';
import { eventId, slugId } from '../../chaincode/domain/ids.js';
import { LANGUAGES, type Language } from '../../chaincode/domain/policy/explain/language.js';
import { ConfigError } from '../../committee/service/configuration.js';

export interface PolicyQuestion {
  readonly event: string;
  readonly language: Language;
  readonly priceClass: string | undefined;
  /** As the interface takes them: decimal digits of minor units. */
  readonly askMinor: string | undefined;
  readonly sellerFeeMinor: string | undefined;
  readonly buyerFeeMinor: string | undefined;
  /** Base of a gateway; the network's first unless given. */
  readonly gateway: string | undefined;
}

export const USAGE =
  'npm run policy -- explain <event> [--class stalls] [--price 4500 [--seller-fee 200] [--buyer-fee 300]] [--language en|fr] [--gateway URL]';

const OPTIONS = {
  class: { type: 'string' },
  price: { type: 'string' },
  'seller-fee': { type: 'string' },
  'buyer-fee': { type: 'string' },
  language: { type: 'string', default: 'en' },
  gateway: { type: 'string' },
} as const;

/** @throws {ConfigError} with one line that says what is wrong */
export function readArguments(args: readonly string[]): PolicyQuestion {
  const { values, positionals } = parsed(args);
  const [command, event, ...more] = positionals;
  if (command !== 'explain' || event === undefined || more.length > 0) throw new ConfigError([`usage: ${USAGE}`]);
  const language = LANGUAGES.find((each) => each === values.language);
  check(eventId.safeParse(event).success, `${event} is not an event id like OrganizerMSP:opening-night`);
  check(language !== undefined, `--language is one of ${LANGUAGES.join(', ')}`);
  check(values.class === undefined || slugId.safeParse(values.class).success, '--class is the slug of a price class');
  check(values.price === undefined || values.class !== undefined, '--price goes with --class');
  for (const name of ['price', 'seller-fee', 'buyer-fee'] as const) {
    const given = values[name];
    check(given === undefined || isMinor(given), `--${name} is an amount in minor units, like 4500`);
    check(name === 'price' || given === undefined || values.price !== undefined, `--${name} goes with --price`);
  }
  check(values.gateway === undefined || isHttp(values.gateway), '--gateway is a URL like http://localhost:8080');
  return {
    event,
    language,
    priceClass: values.class,
    askMinor: values.price,
    sellerFeeMinor: values['seller-fee'],
    buyerFeeMinor: values['buyer-fee'],
    gateway: values.gateway,
  };
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

const isMinor = (text: string) => /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
const isHttp = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text);
