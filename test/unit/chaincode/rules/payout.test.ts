import { expect } from 'chai';
import { entriesKey } from '../../../../chaincode/domain/keys.js';
import { balanceOf, BY_RESELLER, onMarket, sellOn } from '../../../support/market.js';
import { aPayout } from '../../../support/settlements.js';
import { anEventChange, newKey } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, forged } from '../../../support/world.js';

/** A holder whom the ledger owes 19.00. */
function owed() {
  const scene = onMarket();
  sellOn(scene, scene.ticket, newKey());
  return { ...scene, holder: scene.ticket.holder };
}

describe('payout', () => {
  it('makes the payer owed in the holder’s place', () => {
    const { ledger, event, holder } = owed();
    const by = { caller: 'OtherResellerMSP' };
    const receipt = expectAccepted(ledger.submit(aPayout(event, holder, 1500, { payer: by.caller }), by));
    expect(receipt).to.include({ balanceMinor: 400 });
    const [lines] = ledger.read(entriesKey(event.event, receipt.tx))!;
    expect(lines?.slice(1)).to.deep.equal([
      [`holder:${holder.kid}`, -1500, 'payout'],
      ['OtherResellerMSP', 1500, 'payout'],
    ]);
    expectAccepted(ledger.submit(aPayout(event, holder, 400), BY_RESELLER));
    expect(balanceOf(ledger, event.event, holder)).to.equal(0);
  });

  it('rejects one unit more than the balance, and anything of nothing', () => {
    const { ledger, event, holder } = owed();
    const more = ledger.submit(aPayout(event, holder, 1901), BY_RESELLER);
    expect(expectRefusal(more, 'INSUFFICIENT_BALANCE', 'payout.amountMinor')).to.include({ balanceMinor: 1900 });
    const stranger = ledger.submit(aPayout(event, newKey(), 1), BY_RESELLER);
    expectRefusal(stranger, 'INSUFFICIENT_BALANCE', 'payout.amountMinor');
    expectRefusal(ledger.submit(aPayout(event, holder, 0), BY_RESELLER), 'INVALID_FIELD', 'payout.amountMinor');
  });

  it('pays one balance once, in one batch too', () => {
    const { ledger, event, holder } = owed();
    const [one, two] = ledger.submit([aPayout(event, holder, 1900), aPayout(event, holder, 1900)], BY_RESELLER);
    expectAccepted(one!);
    expectRefusal(two!, 'INSUFFICIENT_BALANCE', 'payout.amountMinor');
  });

  it('is submitted by the payer’s box office', () => {
    const { ledger, event, holder } = owed();
    const command = aPayout(event, holder, 1900);
    expectRefusal(ledger.submit(command), 'NOT_AUTHORISED', 'caller.mspId');
    const caller = { mspId: 'ResellerMSP', attributes: new Set(['gate']) };
    expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('rejects another currency, a forged word and an unknown event', () => {
    const { ledger, event, holder } = owed();
    const dollars = aPayout(event, holder, 1, { currency: 'USD' });
    expectRefusal(ledger.submit(dollars, BY_RESELLER), 'PRICE_MISMATCH', 'payout.currency');
    const command = aPayout(event, holder, 1);
    const broken = { ...command, payout: forged(String(command.payout)) };
    expectRefusal(ledger.submit(broken, BY_RESELLER), 'SIGNATURE_INVALID', 'payout');
    const elsewhere = aPayout(event, holder, 1, { event: 'OrganizerMSP:matinee' });
    expectRefusal(ledger.submit(elsewhere, BY_RESELLER), 'UNKNOWN_EVENT', 'event');
  });

  it('is made for a cancelled event', () => {
    const { ledger, event, holder } = owed();
    ledger.accept(anEventChange(event));
    expectAccepted(ledger.submit(aPayout(event, holder, 1900), BY_RESELLER));
  });
});
