/** Command ids that the gateway chooses where the caller gave none: ULIDs (https://github.com/ulid/spec), which grow with time. */
import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

export function newCommandId(nowMs: number = Date.now()): string {
  let time = '';
  for (let rest = nowMs, at = 0; at < TIME_CHARS; at += 1, rest = Math.floor(rest / 32))
    time = `${CROCKFORD[rest % 32] ?? ''}${time}`;
  // 32 divides 256, so five bits of a random byte are evenly distributed.
  const random = Array.from(randomBytes(RANDOM_CHARS), (byte) => CROCKFORD[byte % 32] ?? '');
  return `${time}${random.join('')}`;
}
