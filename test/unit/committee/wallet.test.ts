import { expect } from 'chai';
import { createHolderKey, exportHolderKey, importHolderKey, newId, Wallet } from '../../../committee/wallet/index.js';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import {
  aDevice,
  aSale,
  anAdvance,
  anAllotment,
  anEvent,
  aScan,
  CHANNEL,
  DOORS,
  newKey,
  NOW,
  signStatement,
} from '../../support/statements.js';
import { TestLedger } from '../../support/test-ledger.js';

const event = anEvent();
const allotment = anAllotment(event);
const ticket = `${event.event}:floor:A:1`;
const at = (now: string) => () => Date.parse(now);

async function aWallet(now = NOW): Promise<Wallet> {
  return new Wallet({ key: await createHolderKey(), channel: CHANNEL, now: at(now) });
}

/** The test's own seller signs what the wallet asked for. */
function aSaleOf(request: string, wallet: Wallet) {
  const { payload } = decodeStatement('purchase', request, 'request');
  const sale = aSale(allotment, {
    request: payload,
    sale: { request: decodeStatement('purchase', request, 'request').digest, buyer: wallet.holder },
  });
  return { ...sale.command, request };
}

async function sold(ledger: TestLedger, wallet: Wallet): Promise<void> {
  const request = await wallet.signPurchase({
    event: event.event,
    seller: 'ResellerMSP',
    wanted: { seats: ['floor:A:1'] },
    currency: 'EUR',
    maxTotalMinor: 2200,
    paymentReference: newId(),
  });
  ledger.accept(aSaleOf(request.jws, wallet));
}

describe('wallet', () => {
  let ledger: TestLedger;
  beforeEach(() => {
    ledger = TestLedger.founded();
    ledger.accept([event.command, allotment.command]);
  });

  it('has the thumbprint that the ledger computes', async () => {
    const { holder, jwk } = await createHolderKey();
    expect(holder).to.equal(thumbprintOf(jwk));
  });

  it('signs a purchase of seats that the ledger accepts', async () => {
    await sold(ledger, await aWallet());
  });

  it('signs a purchase by class', async () => {
    const wallet = await aWallet();
    const { jws, digest } = await wallet.signPurchase({
      event: event.event,
      seller: 'ResellerMSP',
      wanted: { priceClass: 'standard', quantity: 2 },
      currency: 'EUR',
      maxTotalMinor: 4400,
      paymentReference: newId(),
    });
    const decoded = decodeStatement('purchase', jws, 'request');
    expect(decoded.payload).to.deep.include({ priceClass: 'standard', quantity: 2 });
    expect(decoded.digest).to.equal(digest);
  });

  it('signs a transfer and its acceptance', async () => {
    const [from, to] = [await aWallet(), await aWallet()];
    await sold(ledger, from);
    const transfer = await from.signTransfer({ ticket, issue: 1, change: 0 }, to.holder);
    const acceptance = await to.signAcceptance(event.event, transfer.jws);
    ledger.accept({ kind: 'ticket.transfer', transfer: transfer.jws, acceptance: acceptance.jws });
  });

  it('signs a return', async () => {
    const wallet = await aWallet();
    await sold(ledger, wallet);
    const { jws } = await wallet.signReturn(
      { ticket, issue: 1, change: 0 },
      { allotment: 'floor-a', seller: 'ResellerMSP' },
    );
    ledger.accept({ kind: 'ticket.return', statement: jws }, { caller: 'ResellerMSP' });
  });

  it('signs a presentation that the door accepts', async () => {
    const key = await createHolderKey();
    await sold(ledger, new Wallet({ key, channel: CHANNEL, now: at(NOW) }));
    const device = aDevice(event);
    ledger.accept(device.command, { caller: 'VenueMSP' });
    ledger.accept(anAdvance(event), { now: DOORS });
    const { jws, digest } = await new Wallet({ key, channel: CHANNEL, now: at(DOORS) }).signPresentation({
      ticket,
      issue: 1,
      change: 0,
    });
    const template = aScan({ event: event.event, ticket, holder: newKey() }, device);
    const { payload } = decodeStatement('scan', String(template.command.scan), 'scan');
    const scan = signStatement('scan', { ...payload, presentation: digest }, device.key);
    ledger.accept({ kind: 'ticket.scan', scan, presentation: jws }, { caller: 'VenueMSP', now: DOORS });
  });

  it('goes through a backup and is not extractable after it', async () => {
    const key = await createHolderKey({ extractable: true });
    const restored = await importHolderKey(await exportHolderKey(key));
    expect(restored.holder).to.equal(key.holder);
    let refused = false;
    await exportHolderKey(restored).catch(() => (refused = true));
    expect(refused).to.be.true;
  });
});
