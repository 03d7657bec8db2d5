import { expect } from 'chai';
import type { EventBlock, PlacedEvent } from '../../../../gateway/push/ledger-event.js';
import { chunksOf } from '../../../../gateway/push/sse.js';

describe('bytes of an event stream', () => {
  let made: number;
  beforeEach(() => (made = 0));

  const blockOf = (count: number): EventBlock => ({
    number: 1,
    events: Array.from({ length: count }, (_, command) => {
      const data = { toJSON: () => ({ made: (made += 1) }) };
      const event = { id: `1-0-${command}`, type: 'sales.closed', data } as unknown as PlacedEvent['event'];
      return { at: { block: 1, transaction: 0, command }, event };
    }),
  });

  it('are made once for an event, however many streams tell it', () => {
    const block = blockOf(2);
    const [, second] = block.events;
    const [one, again] = [0, 1].map(() => [...chunksOf(block, [second!])]);
    expect(one).to.deep.equal(['id: 1-0-1\ndata: {"id":"1-0-1","type":"sales.closed","data":{"made":1}}\n\n']);
    expect(again).to.deep.equal(one);
  });

  it('are made once for a block, however many streams tell all of it', () => {
    const block = blockOf(250);
    const [one, again] = [0, 1].map(() => [...chunksOf(block, [...block.events])]);
    expect(one!.map((chunk) => chunk.split('\n\n').length - 1)).to.deep.equal([100, 100, 50]);
    expect(one!.join('')).to.match(/^id: 1-0-0\n.*\n\nid: 1-0-1\n/);
    expect([again, made]).to.deep.equal([one, 250]);
    expect(again![0]).to.equal(one![0]);
  });

  it('are none for a block without events, and none that is wanted', () => {
    expect([...chunksOf(blockOf(0), []), ...chunksOf(blockOf(3), [])]).to.be.empty;
  });
});
