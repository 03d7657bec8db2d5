import { expect } from 'chai';
import { ContestedSeats, type Contender, type Won } from '../../../../gateway/sales/contested-seats.js';
import type { Sold } from '../../../../gateway/sales/sale-maker.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';

const EVENT = 'OrganizerMSP:opera';

const aContender = (digest: string, seats = ['floor:A:1'], event = EVENT): Contender => ({ event, seats, digest });

const aSold = (replayed = false): Sold => ({
  committed: { receipt: { tx: 'tx-1' }, replayed, block: 7 },
  sale: undefined,
});

/** Seats whose orders, once they are sent, are on their way until they are told what becomes of them. */
class Scene {
  readonly clock = new VirtualClock(0);
  /** Of the orders that were sent. */
  readonly sent: string[] = [];
  /** Of those that had waited for others. */
  readonly waited: string[] = [];
  /** Of those that were looked at before. */
  readonly checked: string[] = [];
  readonly #contested = new ContestedSeats(this.clock);
  readonly #ends = new Map<string, { sold: (sold: Sold) => void; refused: (error: Error) => void }>();

  /** @returns what came of it in the end: `refused`, or the digest of the rival who has the seat, with the seat */
  order(contender: Contender, isForged = false): Promise<string> {
    const { digest } = contender;
    const order = (hasWaited: boolean) => {
      this.sent.push(digest);
      if (hasWaited) this.waited.push(digest);
      return new Promise<Sold>((sold, refused) => this.#ends.set(digest, { sold, refused }));
    };
    const lose = (seat: string, to: Won) => Promise.reject(new Error(`${seat} is ${to.digest}'s`));
    const check = () => {
      this.checked.push(digest);
      if (isForged) throw new Error('forged');
    };
    return this.#contested.sell(contender, { check, order, lose }).then(
      () => 'sold',
      (error: unknown) => (error as Error).message,
    );
  }

  sell(digest: string, sold = aSold()): Promise<void> {
    this.#ends.get(digest)?.sold(sold);
    return aMoment();
  }

  refuse(digest: string): Promise<void> {
    this.#ends.get(digest)?.refused(new Error('refused'));
    return aMoment();
  }
}

/** So long that whatever waits for nothing has happened. */
const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('contested seats', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));

  it('keep nobody waiting who is alone', async () => {
    const order = scene.order(aContender('one'));
    expect(scene.sent).to.deep.equal(['one']);
    await scene.sell('one');
    expect(await order).to.equal('sold');
  });

  it('are lost to whoever was sent before, as soon as he has them', async () => {
    const orders = ['one', 'two', 'three'].map((digest) => scene.order(aContender(digest)));
    await aMoment();
    expect(scene.sent).to.deep.equal(['one']);
    await scene.sell('one');
    expect(await Promise.all(orders)).to.deep.equal(['sold', "floor:A:1 is one's", "floor:A:1 is one's"]);
    expect(scene.sent).to.deep.equal(['one']);
  });

  it('are nothing for whoever must not be sent: nobody waits for him', async () => {
    const forged = scene.order(aContender('forged'), true);
    const order = scene.order(aContender('one'));
    expect(scene.sent).to.deep.equal(['one']);
    await scene.sell('one');
    expect(await Promise.all([forged, order])).to.deep.equal(['forged', 'sold']);
  });

  it('are lost unchecked, which spares a crowd one signature each', async () => {
    const orders = [scene.order(aContender('one')), scene.order(aContender('forged'), true)];
    await scene.sell('one');
    expect(await Promise.all(orders)).to.deep.equal(['sold', "floor:A:1 is one's"]);
    expect(scene.checked).to.deep.equal(['one']);
  });

  it('are not had by whoever must not be sent, though he has waited', async () => {
    const orders = [scene.order(aContender('one')), scene.order(aContender('forged'), true)];
    await scene.refuse('one');
    expect(await Promise.all(orders)).to.deep.equal(['refused', 'forged']);
    expect(scene.sent).to.deep.equal(['one']);
  });

  it('let all who waited go together when he is refused', async () => {
    const [first] = ['one', 'two', 'three'].map((digest) => scene.order(aContender(digest)));
    await scene.refuse('one');
    expect(await first).to.equal('refused');
    expect(scene.sent).to.deep.equal(['one', 'two', 'three']);
    expect(scene.waited).to.deep.equal(['two', 'three']);
  });

  it('are not lost to an order that was sold before: others may have the seats now', async () => {
    for (const digest of ['one', 'two']) void scene.order(aContender(digest));
    await scene.sell('one', aSold(true));
    expect(scene.sent).to.deep.equal(['one', 'two']);
  });

  it('are waited for where orders overlap, and nowhere else', async () => {
    void scene.order(aContender('one', ['floor:A:1', 'floor:A:2']));
    const overlapping = scene.order(aContender('two', ['floor:A:3', 'floor:A:2']));
    void scene.order(aContender('three', ['floor:A:3']));
    void scene.order(aContender('four', ['floor:A:1'], 'OrganizerMSP:ballet'));
    await aMoment();
    expect(scene.sent).to.deep.equal(['one', 'three', 'four']);
    await scene.sell('one');
    expect(await overlapping).to.equal("floor:A:2 is one's");
  });

  it('are lost as soon as one of several rivals has one of them, whatever becomes of the others', async () => {
    void scene.order(aContender('one', ['floor:A:1']));
    void scene.order(aContender('two', ['floor:A:2']));
    const both = scene.order(aContender('both', ['floor:A:1', 'floor:A:2']));
    await scene.sell('two');
    expect(await both).to.equal("floor:A:2 is two's");
    expect(scene.sent).to.deep.equal(['one', 'two']);
  });

  it('are waited for until the last of several rivals is refused', async () => {
    for (const digest of ['one', 'two', 'three']) void scene.order(aContender(digest));
    await scene.refuse('one');
    const late = scene.order(aContender('late'));
    await scene.refuse('two');
    expect(scene.sent).to.deep.equal(['one', 'two', 'three']);
    await scene.refuse('three');
    expect(scene.sent).to.deep.equal(['one', 'two', 'three', 'late']);
    await scene.sell('late');
    expect(await late).to.equal('sold');
  });

  it('are waited for three seconds: a rival may be at his bank', async () => {
    void scene.order(aContender('one'));
    void scene.order(aContender('two'));
    await scene.clock.pass(2_999);
    expect(scene.sent).to.deep.equal(['one']);
    await scene.clock.pass(1);
    expect(scene.sent).to.deep.equal(['one', 'two']);
  });

  // Regression: each newcomer had waited for each of hundreds, once for each seat, which took gigabytes.
  it('are not waited for where many are on their way: the ledger judges between them', async () => {
    const seats = Array.from({ length: 20 }, (_, index) => `floor:A:${index + 1}`);
    for (let buyer = 0; buyer < 10; buyer += 1) void scene.order(aContender(`buyer ${buyer}`, seats));
    await scene.refuse('buyer 0');
    expect(scene.sent).to.have.length(10);
    void scene.order(aContender('newcomer', seats));
    expect(scene.sent.at(-1)).to.equal('newcomer');
  });

  it('are forgotten when the last order has ended', async () => {
    void scene.order(aContender('one'));
    await scene.sell('one');
    void scene.order(aContender('two'));
    expect(scene.sent).to.deep.equal(['one', 'two']);
  });

  it('let whoever finds no room to wait go on at once', async () => {
    void scene.order(aContender('one'));
    const crowd = Array.from({ length: 800 }, (_, index) => scene.order(aContender(`buyer ${index}`)));
    void scene.order(aContender('one too many'));
    expect(scene.sent).to.deep.equal(['one', 'one too many']);
    await scene.sell('one');
    await scene.refuse('one too many');
    expect(new Set(await Promise.all(crowd))).to.deep.equal(new Set(["floor:A:1 is one's"]));
  });
});
