import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { pause, within } from '../../../../gateway/push/bell.js';
import { either } from '../../../../gateway/push/either.js';
import { EventLog } from '../../../../gateway/push/event-log.js';
import { EventChain } from '../../../support/event-chain.js';

/** What waits for a signal: listeners, and signals that were made of it. */
function keptAt(signal: AbortSignal): number {
  const made = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'kDependantSignals');
  const { size = 0 } = (made && (Reflect.get(signal, made) as { readonly size?: number } | undefined)) ?? {};
  return getEventListeners(signal, 'abort').length + size;
}

describe('signals of push', () => {
  it('that live long keep nothing of a wait that is over', async () => {
    const over = new AbortController();
    for (let block = 0; block < 100; block += 1)
      await within(Promise.resolve(block), (signal) => pause(systemClock, 60_000, signal), over.signal);
    expect(keptAt(over.signal)).to.equal(0);
  });

  it('that live long keep nothing of readers that have left', async () => {
    const chain = new EventChain();
    chain.add([]);
    const log = new EventLog({ blocks: chain.blocks, clock: systemClock, random: () => 0, report: () => undefined });
    const over = new AbortController();
    for (let reader = 0; reader < 20; reader += 1)
      for await (const { number } of log.read(0, over.signal)) if (number === 0) break;
    expect(keptAt(over.signal)).to.equal(0);
    await log.close();
  });

  it('end what is made of them, with whichever is first, also if that was before', () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const { signal } = either(one.signal, other.signal);
    expect(signal.aborted).to.be.false;
    other.abort();
    expect(signal.aborted).to.be.true;
    expect(either(one.signal, other.signal).signal.aborted).to.be.true;
  });
});
