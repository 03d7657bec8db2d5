/**
 * Where webhooks may go. A gateway stands inside a network whose other machines trust it, so a target is on the public internet unless its network was configured.
 * A name is looked up once for each delivery and the connection goes to the very address that was checked: a name that says one thing to the check and another to
 * the connection (DNS rebinding) gains nothing.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export type LookUp = (hostname: string) => Promise<readonly Address[]>;

export type TargetFault = 'URL' | 'PLAIN_HTTP' | 'NAME_NOT_FOUND' | 'ADDRESS';

export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';

  constructor(readonly fault: TargetFault) {
    super(REASONS[fault]);
  }
}

const REASONS: Readonly<Record<TargetFault, string>> = {
  URL: 'is not an https URL without credentials and fragment',
  PLAIN_HTTP: 'must be https: http is for loopback addresses that were configured',
  NAME_NOT_FOUND: 'has a name that has no address',
  ADDRESS: 'leads to an address that is not public and was not configured',
};

/** What is public and yet of the machine's own provider: the metadata address of Azure. */
const NOT_PUBLIC = ipaddr.parseCIDR('168.63.129.16/32');
/** RFC 4291 section 2.4: all that IANA has given out. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

type Parsed = ReturnType<typeof ipaddr.process>;
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

export class Targets {
  readonly #allowed: readonly Network[];
  readonly #lookUp: LookUp;

  /** @param allowed networks beyond the public internet */
  constructor(allowed: readonly Network[], lookUp: LookUp = systemLookUp) {
    this.#allowed = allowed;
    this.#lookUp = lookUp;
  }

  /** @returns the addresses that a connection may go to, every one of them checked @throws {TargetRefused} */
  async resolve(url: URL): Promise<readonly Address[]> {
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hash !== '')
      throw new TargetRefused('URL');
    const addresses = await this.#addressesOf(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    const parsed = addresses.map(({ address }) => ipaddr.process(address));
    if (!parsed.every((address) => this.#isAllowed(address))) throw new TargetRefused('ADDRESS');
    if (url.protocol === 'http:' && !parsed.every((address) => address.range() === 'loopback'))
      throw new TargetRefused('PLAIN_HTTP');
    return addresses;
  }

  async #addressesOf(hostname: string): Promise<readonly Address[]> {
    const family = isIP(hostname);
    if (family === 4 || family === 6) return [{ address: hostname, family }];
    let found: readonly Address[];
    try {
      found = await this.#lookUp(hostname);
    } catch {
      throw new TargetRefused('NAME_NOT_FOUND');
    }
    if (found.length === 0) throw new TargetRefused('NAME_NOT_FOUND');
    return found;
  }

  #isAllowed(address: Parsed): boolean {
    return this.#allowed.some((network) => isIn(address, network)) || isPublic(address);
  }
}

const isIn = (address: Parsed, network: Network): boolean =>
  address.kind() === network[0].kind() && address.match(network);

const isPublic = (address: Parsed): boolean =>
  address.range() === 'unicast' &&
  (address.kind() === 'ipv4' ? !isIn(address, NOT_PUBLIC) : isIn(address, GLOBAL_UNICAST));

async function systemLookUp(hostname: string): Promise<readonly Address[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Networks with commas between them, `127.0.0.0/8,::1/128`. @throws {Error} that names the first that is none */
export function networksIn(text: string): readonly Network[] {
  const named = text.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()]));
  return named.map((each) => ipaddr.parseCIDR(each));
}
