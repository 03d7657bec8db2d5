import { expect } from 'chai';
import { Suspicion } from '../../../../gateway/fabric/suspicion.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';

async function suspectFor(suspicion: Suspicion, clock: VirtualClock): Promise<number> {
  const start = clock.now();
  suspicion.raise('a');
  while (suspicion.isSuspect('a')) await clock.pass(1_000);
  return clock.now() - start;
}

describe('suspicion', () => {
  it('lasts twice as long each time, up to a bound', async () => {
    const clock = new VirtualClock(0);
    const suspicion = new Suspicion(clock);
    const lasted: number[] = [];
    for (let count = 0; count < 6; count++) lasted.push(await suspectFor(suspicion, clock));
    expect(lasted).to.deep.equal([5_000, 10_000, 20_000, 40_000, 80_000, 80_000]);
  });

  it('counts failures of one time once', async () => {
    const clock = new VirtualClock(0);
    const suspicion = new Suspicion(clock);
    for (let count = 0; count < 10; count++) suspicion.raise('a');
    await clock.pass(5_000);
    expect(suspicion.isSuspect('a')).to.equal(false);
  });

  it('is over when it is cleared, and starts again from the beginning', async () => {
    const clock = new VirtualClock(0);
    const suspicion = new Suspicion(clock);
    await suspectFor(suspicion, clock);
    suspicion.raise('a');
    suspicion.clear('a');
    expect(suspicion.isSuspect('a')).to.equal(false);
    expect(await suspectFor(suspicion, clock)).to.equal(5_000);
    expect(suspicion.isSuspect('b')).to.equal(false);
  });
});
