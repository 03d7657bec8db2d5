/** What the old key says of the new one: that it may come at once, or that it may not come. */
import { messageTypOf } from '../messages/index.js';
import { signWith } from './binding.js';
import { expiryAfter } from './expiry.js';
import type { WalletServices } from './services.js';
import { POSSESSION_VALID_S } from './show.js';
import type { HeldKey } from './state.js';
import { newId } from './wallet.js';

export interface Replacement {
  readonly event: string | undefined;
  /** D or C_e. */
  readonly subject: string;
  /** The new key's thumbprint. */
  readonly key: string;
  readonly sequence: number;
}

export function signReplacement(
  name: 'key-release' | 'key-veto',
  old: HeldKey,
  { event, ...replacement }: Replacement,
  { channel, now }: Pick<WalletServices, 'channel' | 'now'>,
): Promise<string> {
  const exp = expiryAfter(POSSESSION_VALID_S, now());
  const claims = { channel, ...(event !== undefined && { event }), jti: newId(), exp };
  return signWith(old, messageTypOf(name), { ...claims, ...replacement });
}
