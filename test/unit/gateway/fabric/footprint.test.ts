import { expect } from 'chai';
import { prepareCommand } from '../../../../chaincode/domain/batch.js';
import { Footprints, footprintOf } from '../../../../gateway/fabric/footprint.js';
import { aListing, aResale } from '../../../support/resales.js';
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

  describe('of the secondary market', () => {
    const held = (seat: string, holder = newKey()) => ({
      event: event.event,
      ticket: `${event.event}:${seat}`,
      holder,
    });
    const listing = (seat: string, holder = newKey()) => aListing(held(seat, holder), allotment);

    it('listings do not meet, not even those of one seller', () => {
      const seller = newKey();
      expect(meet(listing('floor:A:1', seller).command, listing('floor:A:2', seller).command)).to.equal(false);
    });

    it('purchases by different buyers of different sellers’ tickets do not meet, nor do sales', () => {
      const [first, second] = [aResale(listing('floor:A:1')).command, aResale(listing('floor:A:2')).command];
      expect(meet(first, second)).to.equal(false);
      expect(meet(first, sale('floor:B:1'))).to.equal(false);
    });

    it('purchases of one seller’s tickets meet in his record, and so do those of one offer', () => {
      const seller = newKey();
      const [first, second] = [listing('floor:A:1', seller), listing('floor:A:2', seller)];
      expect(meet(aResale(first).command, aResale(second).command)).to.equal(true);
      expect(meet(aResale(first).command, aResale(first).command)).to.equal(true);
    });
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
