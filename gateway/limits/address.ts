/** Addresses as limits count them: an IPv6 network of 64 bits is one household or one machine (RFC 6177), so it is one address; IPv4 within IPv6 is IPv4. */
import ipaddr from 'ipaddr.js';

const IPV6_PREFIX_BITS = 64;

export function countedAddress(address: string): string {
  // A zone says by which of our interfaces it came.
  const [bare = ''] = address.split('%');
  if (!ipaddr.isValid(bare)) return 'unknown';
  const parsed = ipaddr.process(bare);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_PREFIX_BITS}`).toString()}/${IPV6_PREFIX_BITS}`;
}
