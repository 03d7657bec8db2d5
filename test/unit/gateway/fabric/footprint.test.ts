import { expect } from 'chai';
import { prepareCommand } from '../../../../chaincode/domain/batch.js';
import { Footprints, footprintOf } from '../../../../gateway/fabric/footprint.js';
import { aSale, anAdvance, anAllotment, anEvent, newKey } from '../../../support/statements.js';

const event = anEvent();
const allotment = anAllotment(event);
const of = (command: unknown) => footprintOf(prepareCommand(command, 'ResellerMSP'));
const sale = (seat: string, buyer = newKey()) => aSale(allotment, { seats: [seat], buyer }).command;

function meet(first: unknown, second: unknown): boolean {
  const footprints = new Footprints();
  footprints.add(of(first));
  return footprints.meets(of(second));
}

describe('footprints', () => {
  it('sales of different seats to different buyers do not meet, although both read the event', () => {
    expect(meet(sale('floor:A:1'), sale('floor:A:2'))).to.equal(false);
  });

  it('sales of one seat meet', () => {
    expect(meet(sale('floor:A:1'), sale('floor:A:1'))).to.equal(true);
  });

  it('sales to one buyer meet', () => {
    const buyer = newKey();
    expect(meet(sale('floor:A:1', buyer), sale('floor:A:2', buyer))).to.equal(true);
  });

  it('a command meets itself: it is remembered in one place', () => {
    const command = { kind: 'event.advance', id: 'advance-1', event: event.event };
    expect(meet(command, command)).to.equal(true);
  });

  it('what moves a gate meets the sales that read it, in either order', () => {
    expect(meet(sale('floor:A:1'), anAdvance(event))).to.equal(true);
    expect(meet(anAdvance(event), sale('floor:A:1'))).to.equal(true);
  });

  it('meets nothing any more once everything was removed', () => {
    const footprints = new Footprints();
    const [first, second] = [of(sale('floor:A:1')), of(sale('floor:A:2'))];
    footprints.add(first);
    footprints.add(second);
    footprints.remove(first);
    expect(footprints.meets(second)).to.equal(true);
    footprints.remove(second);
    expect(footprints.isEmpty).to.equal(true);
    expect(footprints.meets(of(anAdvance(event)))).to.equal(false);
  });
});
