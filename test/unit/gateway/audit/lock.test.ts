/** The lock in the audit's own words, whatever the ledger's rules would take. */
import { expect } from 'chai';
import { encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { Difference } from '../../../../gateway/audit/difference.js';
import { requireLocked } from '../../../../gateway/audit/lock.js';
import { Replay } from '../../../../gateway/audit/replay.js';

const EVENT = 'OrganizerMSP:opening-night';
const TICKET = { state: 'sold', holder: 'Ann', change: 0, entered: 0 };
const LOCK = { market: 1, state: 'settling' };

function isLocked(key: string, before: unknown, after: unknown, lock: object = LOCK): boolean {
  const replay = new Replay(EVENT);
  const writing = (name: string, record: unknown) => ({ key: `${EVENT}/${name}`, value: encodeRecord(record) });
  replay.apply([writing('w', lock), ...(before === undefined ? [] : [writing(key, before)])]);
  const circumstances = { block: 0, tx: 'tx', now: '', nowSeconds: 0, submitter: 'VenueMSP', commands: [] };
  try {
    requireLocked(replay, EVENT, 1, { ...circumstances, writes: [writing(key, after)] });
    return false;
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    return error.difference.key === `${EVENT}/${key}`;
  }
}

describe('the lock of a market that settles', () => {
  const KEPT: readonly (readonly [what: string, key: string, before: unknown, after: unknown])[] = [
    ['a ticket that is returned', 't/floor/A/1', TICKET, { ...TICKET, state: 'returned', change: 1 }],
    ['a ticket that is listed', 't/floor/A/1', TICKET, { ...TICKET, state: 'listed', change: 1 }],
    ['a ticket that comes back to life', 't/floor/A/1', { ...TICKET, state: 'void' }, { ...TICKET, change: 1 }],
    ['a ticket that is new', 't/floor/A/1', undefined, TICKET],
    ['another holder', 't/floor/A/1', TICKET, { ...TICKET, holder: 'Ben' }],
    ['the policy', 'e', { policy: { maxHops: 1 } }, { policy: { maxHops: 2 } }],
    ['the rules of a class', 'e', { classes: {} }, { classes: { standard: { maxHops: 2 } } }],
    ['the policy’s version', 'e', { policyVersion: 1 }, { policyVersion: 2 }],
    ['the organizer', 'e', { organizer: 'OrganizerMSP' }, { organizer: 'VenueMSP' }],
    ['the venue', 'e', { venue: 'VenueMSP' }, { venue: 'OrganizerMSP' }],
    ['the currency', 'e', { currency: 'EUR' }, { currency: 'USD' }],
    ['the event’s key', 'e', { eventKey: { x: 'a' } }, { eventKey: { x: 'b' } }],
    ['a price', 'a/floor-a', { facePriceMinor: 1 }, { facePriceMinor: 2 }],
    ['what somebody has bought', 'h/Ann', { held: 1 }, { held: 2 }],
    ['a balance', 'h/Ann', { held: 1, balanceMinor: 2 }, { held: 1 }],
    ['somebody’s key', 'u/Ann', { key: 'a' }, { key: 'b' }],
  ];
  for (const [what, key, before, after] of KEPT)
    it(`keeps ${what}`, () => {
      expect(isLocked(key, before, after)).to.equal(true);
      expect(isLocked(key, before, after, { ...LOCK, state: 'open' })).to.equal(false);
      expect(isLocked(key, before, after, { ...LOCK, market: 2 })).to.equal(false);
    });

  const FREE: typeof KEPT = [
    ['a ticket that is let in', 't/floor/A/1', TICKET, { ...TICKET, state: 'admitted', change: 1, entered: 1 }],
    ['times', 'e', { change: 0, schedule: {} }, { change: 1, schedule: { doorsOpenAt: '' }, postponedAt: '' }],
    ['new supply', 'a/floor-a', undefined, { state: 'open' }],
    ['the close of supply', 'a/floor-a', { state: 'open' }, { state: 'closed' }],
  ];
  for (const [what, key, before, after] of FREE)
    it(`leaves free ${what}`, () => expect(isLocked(key, before, after)).to.equal(false));
});
