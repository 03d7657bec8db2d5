import { expect } from 'chai';
import { Readiness } from '../../../gateway/readiness.js';
import { VirtualClock } from '../../simulation/virtual-clock.js';
import { codeOf } from '../../support/code-of.js';

function aGatewayOf(parts: Partial<Record<'ledger' | 'signer' | 'store', () => Promise<unknown>>> = {}) {
  const clock = new VirtualClock(0);
  const asked = { ledger: 0, signer: 0, store: 0 };
  const ask = (part: keyof typeof asked, answer: unknown) => () => {
    asked[part] += 1;
    return (parts[part]?.() ?? Promise.resolve(answer)) as Promise<never>;
  };
  const readiness = new Readiness({
    ...{ blocks: { info: ask('ledger', { height: 7 }) }, signer: { listKeys: ask('signer', []) } },
    ...{ storeAnswers: ask('store', undefined), clock },
  });
  return { readiness, clock, asked };
}

const never = () => new Promise(() => undefined);

describe('whether a gateway is ready', () => {
  it('is asked once for all who ask, and again after half a second', async () => {
    const { readiness, clock, asked } = aGatewayOf();
    const heights = await Promise.all([readiness.height(), readiness.height(), readiness.height()]);
    expect(heights).to.deep.equal([7, 7, 7]);
    await clock.pass(499);
    await readiness.height();
    expect(asked).to.deep.equal({ ledger: 1, signer: 1, store: 1 });
    await clock.pass(1);
    await readiness.height();
    expect(asked).to.deep.equal({ ledger: 2, signer: 2, store: 2 });
    expect(clock.isIdle, 'no timer is left').to.be.true;
  });

  it('keeps what failed as long as what went well', async () => {
    const { readiness, asked } = aGatewayOf({ store: () => Promise.reject(new Error('refused')) });
    for (let time = 0; time < 3; time += 1) expect(await codeOf(readiness.height())).to.equal('STORE_UNAVAILABLE');
    expect(asked.store).to.equal(1);
  });

  for (const [part, code] of [
    ['ledger', 'LEDGER_UNAVAILABLE'],
    ['signer', 'SIGNER_UNAVAILABLE'],
    ['store', 'STORE_UNAVAILABLE'],
  ] as const)
    it(`names the ${part} if that does not answer within two seconds, and does not ask it twice`, async () => {
      const { readiness, clock, asked } = aGatewayOf({ [part]: never });
      for (let time = 1; time <= 2; time += 1) {
        const told = codeOf(readiness.height());
        await clock.pass(2_000);
        expect(await told).to.equal(code);
        await clock.pass(500);
      }
      expect(asked[part]).to.equal(1);
    });
});
