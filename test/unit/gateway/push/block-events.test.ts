import { expect } from 'chai';
import type { Block } from '../../../../gateway/fabric/block-codec.js';
import { eventsOf } from '../../../../gateway/push/block-events.js';
import { ledgerEventSchema, type LedgerEvent } from '../../../../gateway/push/ledger-event.js';
import { EventChain, transactionOf } from '../../../support/event-chain.js';
import {
  aDevice,
  anAdvance,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  DOORS,
  held,
  newKey,
  NOW,
} from '../../../support/statements.js';
import { onSale, type Scene } from '../../../support/world.js';

const told = (block: Block): readonly LedgerEvent[] => eventsOf(block, 'guichet').events.map(({ event }) => event);

describe('events of a block', () => {
  let scene: Scene;
  let chain: EventChain;
  beforeEach(() => {
    scene = onSale();
    chain = new EventChain();
  });
  const newest = () => told(chain.all.at(-1)!);

  it('tells each command that was newly accepted, by its place', () => {
    const first = aSale(scene.floor, { seats: ['floor:A:1', 'floor:A:2'] });
    const again = aSale(scene.floor, { seats: ['floor:A:1'] });
    const third = aSale(scene.floor, { seats: ['floor:B:1'] });
    chain.submit(scene.ledger, [first.command, again.command, third.command], { caller: 'ResellerMSP' });
    const events = newest();
    expect(events.map(({ id, type }) => [id, type])).to.deep.equal([
      ['0-0-0', 'ticket.sold'],
      ['0-0-2', 'ticket.sold'],
    ]);
    const { event, block, tx, submitter, timestamp, data } = events[0]!;
    expect({ event, block, tx, submitter, timestamp }).to.deep.equal({
      ...{
        event: scene.event.event,
        block: 0,
        tx: 'tx-0',
        submitter: 'ResellerMSP',
        timestamp: new Date(NOW).toISOString(),
      },
    });
    expect(data).to.deep.include({
      seats: ['floor:A:1', 'floor:A:2'],
      issues: [1, 1],
      seller: 'ResellerMSP',
      currency: 'EUR',
    });
    for (const each of events) ledgerEventSchema.parse(each);
  });

  it('tells a command that was answered with its first receipt not again', () => {
    const sale = aSale(scene.floor, {});
    const other = aSale(scene.floor, { seats: ['floor:C:3'] });
    chain.submit(scene.ledger, [sale.command], { caller: 'ResellerMSP' });
    chain.submit(scene.ledger, [sale.command, other.command], { caller: 'ResellerMSP' });
    expect(newest().map(({ id }) => id)).to.deep.equal(['1-0-1']);
  });

  it('tells who a holder is to nobody', () => {
    const sale = aSale(scene.floor, {});
    const to = newKey('somebody else');
    chain.submit(scene.ledger, [sale.command], { caller: 'ResellerMSP' });
    chain.submit(scene.ledger, [aTransfer(held(sale), to)]);
    expect(newest()[0]).to.deep.include({
      type: 'ticket.transferred',
      data: { ticket: sale.tickets[0], issue: 1, change: 1 },
    });
    const all = JSON.stringify(chain.all.flatMap(told));
    for (const { kid } of [sale.buyer, to]) expect(all).not.to.include(kid);
    expect(all).not.to.match(/eyJ/);
  });

  it('calls returns, voids, cancellations and scans by their names', () => {
    const [first, second] = [aSale(scene.floor, {}), aSale(scene.floor, { seats: ['floor:B:7'] })];
    const device = aDevice(scene.event);
    chain.submit(scene.ledger, [first.command, second.command], { caller: 'ResellerMSP' });
    chain.submit(scene.ledger, [device.command], { caller: 'VenueMSP' });
    chain.submit(scene.ledger, [anAdvance(scene.event)], { now: DOORS });
    chain.submit(scene.ledger, [aScan(held(first), device).command], { caller: 'VenueMSP', now: DOORS });
    chain.submit(scene.ledger, [aVoid(held(second), scene.event)]);
    chain.submit(scene.ledger, [anEventChange(scene.event)]);
    expect(chain.all.flatMap(told).map(({ type }) => type)).to.deep.equal([
      ...[
        'ticket.sold',
        'ticket.sold',
        'device.registered',
        'event.advanced',
        'admission.recorded',
        'ticket.voided',
        'event.cancelled',
      ],
    ]);
    const returning = onSale();
    const sale = aSale(returning.floor, {});
    chain.submit(returning.ledger, [sale.command], { caller: 'ResellerMSP' });
    chain.submit(returning.ledger, [aReturn(held(sale), returning.floor)], { caller: 'ResellerMSP' });
    expect(newest().map(({ type }) => type)).to.deep.equal(['ticket.returned']);
  });

  describe('believes no single organization', () => {
    const forged = (change: (block: Block) => void): readonly LedgerEvent[] => {
      const { ledger, floor } = onSale();
      chain.submit(ledger, [aSale(floor, {}).command], { caller: 'ResellerMSP' });
      const block = structuredClone(chain.all.at(-1)!);
      expect(told(block)).to.have.length(1);
      change(block);
      return told(block);
    };
    const call = (block: Block) =>
      block.transactions[0]!.call as {
        -readonly [K in keyof NonNullable<Block['transactions'][number]['call']>]: never;
      };

    it('where the record of the command was not written', () =>
      expect(
        forged(
          (block) =>
            (call(block).writes = block.transactions[0]!.call!.writes.filter(
              ({ key }) => !key.includes('/r/'),
            ) as never),
        ),
      ).to.be.empty);

    it('where outcomes are not those that the facts name', () =>
      expect(forged((block) => (call(block).response = '{"outcomes":[{"accepted":true},{"accepted":true}]}' as never)))
        .to.be.empty);

    it('where the command is another', () =>
      expect(forged((block) => (call(block).arguments = ['{"commands":[{"kind":"ticket.void"}]}'] as never))).to.be
        .empty);

    it('where the transaction is not valid', () =>
      expect(
        forged(
          (block) => ((block.transactions[0] as { validationCode: string }).validationCode = 'MVCC_READ_CONFLICT'),
        ),
      ).to.be.empty);

    it('and takes nonsense for nothing', () => {
      for (const [argument, response] of [
        ['', ''],
        ['{}', '[]'],
        ['null', 'null'],
        ['{"commands":[3]}', '{"outcomes":[null]}'],
      ] as const)
        expect(forged((block) => Object.assign(block.transactions[0]!.call!, { arguments: [argument], response }))).to
          .be.empty;
      chain.add([transactionOf({ tx: 'x', timestamp: NOW, creatorMsp: 'OrganizerMSP', call: {} })]);
      expect(newest()).to.be.empty;
    });
  });
});
