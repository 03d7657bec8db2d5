import { expect } from 'chai';
import { GatewayError } from '../../../../gateway/errors.js';
import type { HoldDesk } from '../../../../gateway/holds/hold-desk.js';
import { ContestedSeats } from '../../../../gateway/sales/contested-seats.js';
import { SaleDesk, type SaleDeskOptions } from '../../../../gateway/sales/sale-desk.js';
import { SeatAllocator } from '../../../../gateway/sales/seat-allocator.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import {
  aKeyRegistration,
  anAllotment,
  anEvent,
  aReturn,
  aSale,
  CONSORTIUM,
  held,
  type TestSale,
} from '../../../support/statements.js';
import { HeldSubmitter } from '../http/a-held-submitter.js';
import { MemoryNetwork } from '../http/memory-network.js';

const EVENT = anEvent();
const FLOOR = anAllotment(EVENT);

/** A sale of one seat that is signed already. */
const anOrder = (seat = 'floor:A:1') => orderOf(aSale(FLOOR, { seats: [seat] }));
const orderOf = ({ command }: Pick<TestSale, 'command'>) => ({
  request: String(command.request),
  sale: String(command.sale),
});

describe('desk where many want the same seat', () => {
  let network: MemoryNetwork;
  let way: HeldSubmitter;
  let allocator: SeatAllocator;
  let permits: number;
  /** Which of the times that it is asked somebody holds the seat. */
  let heldAt: number;

  beforeEach(() => {
    network = new MemoryNetwork();
    network.ledger.accept(aKeyRegistration(CONSORTIUM.keys.ResellerMSP!.seller, 'seller'), { caller: 'ResellerMSP' });
    network.ledger.accept(aKeyRegistration(CONSORTIUM.keys.OrganizerMSP!.event, 'event'));
    network.ledger.accept([EVENT.command, FLOOR.command]);
    way = new HeldSubmitter(network.submitterOf('ResellerMSP'));
    allocator = new SeatAllocator({ seller: 'ResellerMSP', records: network });
    [permits, heldAt] = [0, 0];
  });

  /** Signs nothing: all that it sells is signed elsewhere. */
  const aDesk = (records: SaleDeskOptions['records'] = { read: network.read, waiting: 0 }) => {
    const permit = () =>
      (permits += 1) === heldAt ? Promise.reject(new GatewayError('SEAT_HELD')) : Promise.resolve();
    const unasked = () => Promise.reject(new Error('nothing is sold by a hold'));
    const whileSelling: HoldDesk['whileSelling'] = (_event, _seats, sell) => sell();
    const holds = { permit, whileSelling, findLasting: unasked, use: unasked, used: unasked, learn: unasked };
    const signing = {} as Pick<SaleDeskOptions, 'signer' | 'keyRing'>;
    const contested = new ContestedSeats(new VirtualClock(0));
    const desk = new SaleDesk({
      seller: 'ResellerMSP',
      submitter: way,
      allocator,
      contested,
      records,
      holds,
      ...signing,
    });
    return (order: ReturnType<typeof anOrder>) =>
      desk.sell(order).then(
        () => 'sold',
        (error: unknown) => (error as GatewayError).code,
      );
  };

  /** All at once: the first is on its way while the others come. */
  async function contest(sell: ReturnType<typeof aDesk>, orders: readonly ReturnType<typeof anOrder>[]) {
    way.hold();
    const answers = orders.map(sell);
    await new Promise((resolve) => setImmediate(resolve));
    way.release();
    return Promise.all(answers);
  }

  it('asks anew whether it is held, once an order has waited for another', async () => {
    const sell = aDesk();
    way.hold();
    network.failNext = new GatewayError('LEDGER_CONFLICT');
    const orders = [sell(anOrder()), sell(anOrder())];
    heldAt = 3;
    await new Promise((resolve) => setImmediate(resolve));
    expect(permits).to.equal(2);
    way.release();
    expect(await Promise.all(orders)).to.deep.equal(['LEDGER_CONFLICT', 'SEAT_HELD']);
  });

  it('tells whoever sends a sold request again what became of it, and nobody who has forged one like it', async () => {
    const order = anOrder();
    const forged = { ...order, request: `${order.request.slice(0, -10)}${anOrder('floor:A:2').request.slice(-10)}` };
    expect(await aDesk()(order)).to.equal('sold');
    await allocator.reserve({ event: EVENT.event, priceClass: 'standard', quantity: 1, allotment: undefined });
    const { submissions } = network;
    expect(await aDesk()(order)).to.equal('sold');
    expect(await aDesk()(forged)).to.equal('SIGNATURE_INVALID');
    way.hold();
    const other = anOrder('floor:A:3');
    const orders = [other, { ...other, request: `${other.request.slice(0, -10)}${order.request.slice(-10)}` }].map(
      aDesk(),
    );
    await new Promise((resolve) => setImmediate(resolve));
    way.release();
    expect(await Promise.all(orders)).to.deep.equal(['sold', 'SIGNATURE_INVALID']);
    expect(network.submissions).to.equal(submissions + 1);
  });

  it('asks the ledger nothing about who loses a seat that was nobody’s before', async () => {
    let reads = 0;
    const read: SaleDeskOptions['records']['read'] = (keys) => {
      reads += 1;
      return network.read(keys);
    };
    const sell = aDesk({ read, waiting: 0 });
    expect(await contest(sell, [anOrder(), anOrder()])).to.deep.equal(['sold', 'SEAT_ALREADY_SOLD']);
    expect(reads).to.equal(0);
  });

  it('finds what a request was sold before one of its seats came back and was sold again', async () => {
    const seats = ['floor:A:1', 'floor:A:2'];
    const first = aSale(FLOOR, { seats });
    const sell = aDesk();
    expect(await sell(orderOf(first))).to.equal('sold');
    network.ledger.accept(aReturn(held(first, 1), FLOOR), { caller: 'ResellerMSP' });
    const [again, later] = [aSale(FLOOR, { seats: ['floor:A:3', 'floor:A:2'] }), anOrder('floor:A:2')];
    const answers = await contest(sell, [orderOf(again), orderOf(first), later]);
    expect(answers).to.deep.equal(['sold', 'sold', 'SEAT_ALREADY_SOLD']);
  });

  it('looks up nothing where too many wait for that, and leaves it to the ledger', async () => {
    expect(await aDesk()(anOrder())).to.equal('sold');
    await allocator.reserve({ event: EVENT.event, priceClass: 'standard', quantity: 1, allotment: undefined });
    expect(await allocator.notFree(EVENT.event, ['floor:A:1'])).to.deep.equal(['floor:A:1']);
    const { submissions } = network;
    const read = () => Promise.reject(new GatewayError('LEDGER_UNAVAILABLE'));
    expect(await aDesk({ read, waiting: 1_999 })(anOrder())).to.equal('LEDGER_UNAVAILABLE');
    expect(network.submissions).to.equal(submissions);
    expect(await aDesk({ read, waiting: 2_000 })(anOrder())).to.equal('SEAT_ALREADY_SOLD');
    expect(network.submissions).to.equal(submissions + 1);
  });
});
