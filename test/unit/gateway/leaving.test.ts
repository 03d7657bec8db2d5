import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { pino } from 'pino';
import { Leaving } from '../../../gateway/leaving.js';
import { aGateway, type TestGateway } from './http/a-gateway.js';
import { send } from './http/raw.js';
import { VirtualClock } from '../../simulation/virtual-clock.js';

describe('leaving', () => {
  let gateway: TestGateway | undefined;
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
    process.exitCode = undefined;
  });

  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const aLeaving = (noticeMs: number) => {
    const signals = new EventEmitter();
    const clock = new VirtualClock(0);
    const log: string[] = [];
    const logger = pino({}, { write: (line: string) => void log.push(line) });
    return { signals, clock, log, leaving: new Leaving({ logger, noticeMs, clock, signals }) };
  };

  it('says so before it shuts the door, and takes every step once, in turn', async () => {
    const { signals, clock, leaving } = aLeaving(5_000);
    const taken: string[] = [];
    leaving.onSignal([() => void taken.push('door'), () => Promise.resolve(void taken.push('ledger'))]);
    expect(leaving.hasBegun).to.be.false;
    signals.emit('SIGTERM', 'SIGTERM');
    signals.emit('SIGINT', 'SIGINT');
    await settled();
    expect([leaving.hasBegun, taken]).to.deep.equal([true, []]);
    await clock.pass(5_000);
    await settled();
    expect(taken).to.deep.equal(['door', 'ledger']);
  });

  it('ends the rest where one part fails, and says that it did not end cleanly', async () => {
    const { signals, log, leaving } = aLeaving(0);
    const taken: string[] = [];
    leaving.onSignal([() => Promise.reject(new Error('the door is stuck')), () => void taken.push('ledger')]);
    signals.emit('SIGTERM', 'SIGTERM');
    await settled();
    await settled();
    expect(taken).to.deep.equal(['ledger']);
    expect(process.exitCode).to.equal(1);
    expect(log.join('')).to.include('the door is stuck').and.not.include('has stopped');
  });

  it('leaves in the same way where a part has died, with an exit code that has it started anew', async () => {
    const { signals, clock, log, leaving } = aLeaving(5_000);
    const taken: string[] = [];
    leaving.onSignal([() => void taken.push('door')]);
    leaving.fail('its store has died');
    signals.emit('SIGTERM', 'SIGTERM');
    expect(leaving.hasBegun).to.be.true;
    await clock.pass(5_000);
    await settled();
    expect([taken, process.exitCode]).to.deep.equal([['door'], 1]);
    expect(log.join('')).to.include('its store has died');
  });

  it('leaves as soon as it knows what to end, where a part has died before', async () => {
    const { leaving } = aLeaving(0);
    const taken: string[] = [];
    leaving.fail('its store has died');
    leaving.onSignal([() => void taken.push('door')]);
    await settled();
    expect([taken, process.exitCode]).to.deep.equal([['door'], 1]);
  });

  it('makes a gateway that is about to go not ready, and one that can’t reach its store', async () => {
    let isLeaving = false;
    let store = () => Promise.resolve();
    const clock = new VirtualClock(0);
    gateway = await aGateway({ clock, health: { isLeaving: () => isLeaving, storeAnswers: () => store() } });
    const asked = async () => {
      const { status, body, headers } = await send(gateway!, { path: '/health/ready' });
      return [status, body.code ?? body.status, headers.get('Retry-After')];
    };
    expect(await asked()).to.deep.equal([200, 'ok', null]);
    store = () => Promise.reject(new Error('connection refused'));
    await clock.pass(500);
    expect(await asked()).to.deep.equal([503, 'STORE_UNAVAILABLE', '2']);
    isLeaving = true;
    expect(await asked()).to.deep.equal([503, 'SHUTTING_DOWN', '5']);
    expect((await send(gateway, { path: '/health/live' })).status).to.equal(200);
  });
});
