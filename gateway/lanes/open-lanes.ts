/** Puts the lanes of a gateway together that shares its store. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Report } from '../fabric/clock.js';
import type { Store } from '../store/open-store.js';
import { LeasedLanes } from './lane-owners.js';
import { LeaseBook } from './lease-book.js';

export interface LaneOptions {
  readonly isShared: boolean;
  /** Where the others reach this one. */
  readonly url: string | undefined;
  readonly clock: Clock;
  readonly report: Report;
}

/** @returns undefined for one that has its store alone: there is nobody to agree with */
export function openLanes(store: Store, { isShared, url, clock, report }: LaneOptions) {
  if (!isShared) return undefined;
  const self = { owner: randomUUID(), url, secret: randomBytes(32).toString('base64url') };
  return { owners: new LeasedLanes({ book: new LeaseBook(store), self, clock, report }), secret: self.secret };
}
