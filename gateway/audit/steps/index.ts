/** Every step of a market and its recomputation. */
import { close } from './close.js';
import { clear } from './clear.js';
import { deposit, withdraw } from './deposit.js';
import { abort, finish } from './end.js';
import { freeze, root } from './freeze.js';
import { open } from './open.js';
import { order } from './order.js';
import { read } from './read.js';
import { reveal, unseal } from './reveal.js';
import { release, settle } from './settle.js';
import type { Recompute } from './step.js';
import { supply } from './supply.js';

/** The ledger took the command, so its form is right: each reads the members that it knows. */
export const STEPS: Readonly<Record<string, Recompute<never>>> = {
  'market.open': open,
  'market.deposit': deposit,
  'market.withdraw': withdraw,
  'market.order': order,
  'market.close': close,
  'market.freeze': freeze,
  'market.root': root,
  'market.supply': supply,
  'market.reveal': reveal,
  'market.unseal': unseal,
  'market.read': read,
  'market.clear': clear,
  'market.settle': settle,
  'market.finish': finish,
  'market.abort': abort,
  'market.release': release,
};
