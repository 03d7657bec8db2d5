/** What a wallet's clock shows of it: the ledger has a possession's end, at every event. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { NodeRequest } from '../../../../committee/messages/index.js';
import { expiryAfter } from '../../../../committee/wallet/expiry.js';
import { createHolderKey, credentialFor, replaceHolderKey, Wallet } from '../../../../committee/wallet/index.js';
import { CHANNEL, NOW } from '../../../support/statements.js';
import { CLOSING, now, OPENING, SMALL, World } from './a-world.js';

const SKEWS_MS = [1_000, 7_000, 41_000, 95_400];
const expOf = (compact: string): number =>
  (JSON.parse(Buffer.from(compact.split('.')[1]!, 'base64url').toString()) as { exp: number }).exp;

describe('the end of what a wallet signs', () => {
  it('is the same of wallets whose clocks differ, of possessions at every event', async () => {
    const world = new World(SMALL);
    for (const [at, skew] of SKEWS_MS.entries()) {
      const wallet = { ...(await world.wallet()), now: () => now() + skew };
      await world.enrolled(wallet, `UTO|x|P${at}`);
      for (const event of [OPENING, CLOSING]) await credentialFor(event, wallet);
    }
    const seen = world.nodes[0]!.seen.filter(({ operation }) => operation.startsWith('sign'));
    const ends = seen.map(({ request }) => expOf((request as NodeRequest<'signPerson'>).possession));
    expect(ends.length).to.be.at.least(SKEWS_MS.length);
    expect([...new Set(ends)]).to.deep.equal([Date.parse('2027-03-01T12:40:00Z') / 1000]);
  });

  it('is the same of the old key that releases a new one', async () => {
    const world = new World(SMALL);
    const wallet = { ...(await world.wallet()), now: () => now() + SKEWS_MS[1]! };
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    await replaceHolderKey(OPENING, wallet);
    const { release = '' } = world.ledger.commands.at(-1) as { release?: string };
    expect(expOf(release)).to.equal(Date.parse('2027-03-01T12:40:00Z') / 1000);
  });

  it('is the same of what holders sign', async () => {
    const version = { ticket: `${OPENING}:floor:A:1`, issue: 1, change: 0 };
    const ends = { presentation: new Set<number>(), transfer: new Set<number>() };
    for (const skew of SKEWS_MS) {
      const key = await createHolderKey();
      const wallet = new Wallet({ key, channel: CHANNEL, now: () => Date.parse(NOW) + skew });
      ends.presentation.add(expOf((await wallet.signPresentation(version)).jws));
      ends.transfer.add(expOf((await wallet.signTransfer(version, wallet.holder)).jws));
    }
    expect([...ends.presentation]).to.deep.equal([Date.parse('2027-03-01T12:20:00Z') / 1000]);
    expect([...ends.transfer]).to.deep.equal([Date.parse('2027-03-01T13:10:00Z') / 1000]);
  });

  it('is never sooner than asked for, and less than ten minutes later', () => {
    const seconds = fc.integer({ min: 1, max: 7_200 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 4_102_444_800_000 }), (validS, nowMs) => {
        const end = expiryAfter(validS, nowMs);
        const more = end * 1000 - (nowMs + validS * 1000);
        return end % 600 === 0 && more >= 0 && more < 600_000;
      }),
    );
    expect(expiryAfter(600, 0)).to.equal(600);
    expect(expiryAfter(600, 1)).to.equal(1_200);
  });
});
