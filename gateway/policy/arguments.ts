/** What `npm run policy` is asked: `explain <event>` with options. Bad input is one clear line. */
import { eventId, slugId } from '../../chaincode/domain/ids.js';
import { LANGUAGES, type Language } from '../../chaincode/domain/policy/explain/language.js';
import { demand, parseCommandLine } from '../../committee/service/arguments.js';
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
  const { values, positionals } = parseCommandLine(args, OPTIONS, USAGE);
  const [command, event, ...more] = positionals;
  if (command !== 'explain' || event === undefined || more.length > 0) throw new ConfigError([`usage: ${USAGE}`]);
  const language = LANGUAGES.find((each) => each === values.language);
  demand(eventId.safeParse(event).success, `${event} is not an event id like OrganizerMSP:opening-night`);
  demand(language !== undefined, `--language is one of ${LANGUAGES.join(', ')}`);
  demand(values.class === undefined || slugId.safeParse(values.class).success, '--class is the slug of a price class');
  demand(values.price === undefined || values.class !== undefined, '--price goes with --class');
  for (const name of ['price', 'seller-fee', 'buyer-fee'] as const) {
    const given = values[name];
    demand(given === undefined || isMinor(given), `--${name} is an amount in minor units, like 4500`);
    demand(name === 'price' || given === undefined || values.price !== undefined, `--${name} goes with --price`);
  }
  demand(values.gateway === undefined || isHttp(values.gateway), '--gateway is a URL like http://localhost:8080');
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

const isMinor = (text: string) => /^[0-9]{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
const isHttp = (text: string) => /^https?:\/\//.test(text) && URL.canParse(text);
