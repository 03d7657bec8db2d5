import { mock } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { Wake } from '../../../../gateway/markets/wake.js';

const DAY_MS = 86_400_000;

describe('system clock', () => {
  afterEach(() => mock.timers.reset());

  it('lets a market that closes in thirty days rest, and wakes it for what happens', async () => {
    const wake = new Wake(systemClock);
    let looks = 0;
    const rest = async () => {
      await wake.until(Date.now() + 30 * DAY_MS);
      looks += 1;
    };
    const resting = rest();
    await pause(30);
    expect(looks).to.equal(0);
    wake.up();
    await resting;
    expect(looks).to.equal(1);
  });

  it('runs once, after as long as it was told, also where that is months', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const ran: number[] = [];
    let day = 0;
    systemClock.after(60 * DAY_MS, () => void ran.push(day));
    for (day = 1; day <= 90; day += 1) mock.timers.tick(DAY_MS);
    expect(ran).to.deep.equal([60]);
  });

  it('can be told not to, before and after the longest that a timer lasts', () => {
    for (const cancelledOn of [1, 40]) {
      mock.timers.enable({ apis: ['setTimeout'] });
      let hasRun = false;
      const cancel = systemClock.after(60 * DAY_MS, () => (hasRun = true));
      for (let day = 1; day <= 90; day += 1) {
        mock.timers.tick(DAY_MS);
        if (day === cancelledOn) cancel();
      }
      expect(hasRun).to.equal(false);
      mock.timers.reset();
    }
  });
});
