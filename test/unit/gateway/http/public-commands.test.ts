import { expect } from 'chai';
import type { Committed, Submitter } from '../../../../gateway/fabric/ledger.js';
import { codeOf } from '../../../support/code-of.js';
import { forPersons, type CredentialScene } from '../../../support/credentials.js';
import { aListing, aWithdrawal, type TestListing } from '../../../support/resales.js';
import { aRefundClaim } from '../../../support/settlements.js';
import { aSale, DOORS, held, keyOnly, newKey, type TestKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, signScan, signTransfer } from './a-scene.js';
import { signClaim, signListing, signWithdrawal } from './a-resale.js';
import { MemoryNetwork } from './memory-network.js';
import { problemOf } from './problem-of.js';
import { send } from './raw.js';

const TICKET = `${EVENT}:floor:A:1`;
const unsigned = (jws: string) => jws.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));

describe('public commands', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
  });
  afterEach(() => gateway.close());

  /** @returns the code, and how many transactions that cost */
  const refused = async (call: () => Promise<unknown>) => {
    const before = gateway.network.submissions;
    const { code } = await problemOf(call());
    return [code, gateway.network.submissions - before];
  };
  const transfer = (given: { transfer: string; acceptance: string }) => () =>
    gateway.anybody.transfer(given.transfer, given.acceptance);

  describe('transfers', () => {
    it('that nobody signed never reach the ledger', async () => {
      const given = signTransfer({ ticket: TICKET }, aFan(), aFan());
      const forged = transfer({ ...given, transfer: unsigned(given.transfer) });
      expect(await refused(forged)).to.deep.equal(['SIGNATURE_INVALID', 0]);
    });

    it('that nobody accepted never reach the ledger', async () => {
      const given = signTransfer({ ticket: TICKET }, aFan(), aFan());
      const forged = transfer({ ...given, acceptance: unsigned(given.acceptance) });
      expect(await refused(forged)).to.deep.equal(['SIGNATURE_INVALID', 0]);
      const other = signTransfer({ ticket: TICKET }, aFan(), aFan());
      const mixed = transfer({ ...given, acceptance: other.acceptance });
      expect(await refused(mixed)).to.deep.equal(['TRANSFER_MISMATCH', 0]);
    });

    it('for an event that does not exist never reach the ledger', async () => {
      const event = 'OrganizerMSP:nope';
      const given = signTransfer({ ticket: `${event}:floor:A:1` }, aFan(), aFan(), event);
      expect(await refused(transfer(given))).to.deep.equal(['UNKNOWN_EVENT', 0]);
    });

    it('look an event up once', async () => {
      const { network } = gateway;
      const { read } = network;
      let reads = 0;
      network.read = ((keys: Parameters<typeof read>[0]) => {
        reads += 1;
        return read(keys);
      }) as typeof read;
      for (let count = 0; count < 3; count += 1)
        await refused(transfer(signTransfer({ ticket: TICKET }, aFan(), aFan())));
      expect(reads).to.equal(1);
    });
  });

  describe('withdrawals and refund claims', () => {
    const withdrawal = (event = EVENT) => {
      const [, , ...place] = TICKET.split(':');
      const offered = { ticket: [event, ...place].join(':'), issue: 1, change: 1, statement: 'x'.repeat(43) };
      return signWithdrawal(offered, aFan(), event);
    };

    it('that nobody signed never reach the ledger', async () => {
      const forged = unsigned(withdrawal());
      expect(await refused(() => gateway.anybody.withdraw(forged))).to.deep.equal(['SIGNATURE_INVALID', 0]);
      const claim = unsigned(signClaim({ ticket: TICKET }, aFan()));
      expect(await refused(() => gateway.anybody.refund(claim))).to.deep.equal(['SIGNATURE_INVALID', 0]);
    });

    it('about an event or a ticket that does not exist never reach the ledger', async () => {
      const elsewhere = withdrawal('OrganizerMSP:nope');
      expect(await refused(() => gateway.anybody.withdraw(elsewhere))).to.deep.equal(['UNKNOWN_EVENT', 0]);
      const claim = signClaim({ ticket: TICKET }, aFan());
      expect(await refused(() => gateway.anybody.refund(claim))).to.deep.equal(['UNKNOWN_TICKET', 0]);
    });
  });

  describe('withdrawals and refund claims by anybody’s key', () => {
    const seller = aFan();
    beforeEach(async () => {
      await gateway.operator.sell({ request: seller.request({ seats: ['floor:A:1'] }) });
      await gateway.operator.createListing(signListing({ ticket: TICKET }, seller));
    });

    it('never reach the ledger', async () => {
      const listing = await gateway.anybody.listing(TICKET);
      const withdrawal = signWithdrawal(listing, aFan());
      expect(await refused(() => gateway.anybody.withdraw(withdrawal))).to.deep.equal(['NOT_THE_HOLDER', 0]);
      const claim = signClaim({ ticket: TICKET, change: 1 }, aFan());
      expect(await refused(() => gateway.anybody.refund(claim))).to.deep.equal(['NOT_THE_HOLDER', 0]);
      const unsold = { ...listing, ticket: `${EVENT}:floor:A:2` };
      const nobodys = signWithdrawal(unsold, seller);
      expect(await refused(() => gateway.anybody.withdraw(nobodys))).to.deep.equal(['UNKNOWN_TICKET', 0]);
      const elsewhere = signWithdrawal({ ...listing, ticket: 'OrganizerMSP:other:floor:A:1' }, seller);
      expect(await refused(() => gateway.anybody.withdraw(elsewhere))).to.deep.equal(['WRONG_EVENT', 0]);
    });

    it('by the holder’s do', async () => {
      const claim = signClaim({ ticket: TICKET, change: 1 }, seller);
      expect(await refused(() => gateway.anybody.refund(claim))).to.deep.equal(['REFUNDS_NOT_OPEN', 1]);
    });

    it('that were taken are answered with the receipt again, whoever has the ticket since', async () => {
      const withdrawal = signWithdrawal(await gateway.anybody.listing(TICKET), seller);
      const first = await gateway.anybody.withdraw(withdrawal);
      const given = signTransfer({ ticket: TICKET, change: 2 }, seller, aFan());
      await gateway.anybody.transfer(given.transfer, given.acceptance);
      expect(await gateway.anybody.withdraw(withdrawal)).to.deep.equal({ body: first.body, replayed: true });
    });
  });

  describe('withdrawals and refund claims at an event for persons', () => {
    let persons: CredentialScene;
    let own: TestGateway;
    let listing: TestListing;
    beforeEach(async () => {
      persons = forPersons();
      const sale = aSale(persons.floor, { buyer: persons.enrol('Ann') });
      persons.ledger.accept(sale.command);
      listing = aListing(held(sale), persons.floor);
      persons.ledger.accept(listing.command, { caller: 'ResellerMSP' });
      own = await aGateway({ network: new MemoryNetwork(persons.ledger) });
    });
    afterEach(() => own.close());
    /** @returns the code, and how many transactions that cost */
    const codesBy = async (holder: TestKey) => {
      const ticket = { ...listing.ticket, holder };
      const { claim } = aRefundClaim(ticket, persons.floor);
      const { withdrawal } = aWithdrawal({ ...listing, ticket });
      const before = own.network.submissions;
      const withdrawn = await codeOf(own.anybody.withdraw(String(withdrawal)));
      return [withdrawn, await codeOf(own.anybody.refund(String(claim))), own.network.submissions - before];
    };

    it('are taken from the person who holds the ticket', async () => {
      expect(await codesBy(persons.enrol('Ann'))).to.deep.equal(['accepted', 'REFUNDS_NOT_OPEN', 2]);
    });

    it('by another key in that person’s name never reach the ledger', async () => {
      const { credential } = persons.enrol('Ann');
      expect(await codesBy({ ...newKey(), credential: credential! })).to.deep.equal([
        'KEY_NOT_VALID',
        'KEY_NOT_VALID',
        0,
      ]);
    });

    it('by another person, or by a key alone, never reach the ledger', async () => {
      for (const other of [persons.enrol('Ben'), keyOnly(persons.enrol('Ann'))])
        expect(await codesBy(other)).to.deep.equal(['NOT_THE_HOLDER', 'NOT_THE_HOLDER', 0]);
    });
  });

  describe('admissions', () => {
    const device = newKey('device north-gate-1');
    const register = async () => {
      const command = { kind: 'device.register', id: 'register-gate-1', event: EVENT, device: 'north-gate-1' };
      const validity = { jwk: device.jwk, notAfter: '2028-01-01T00:00:00Z' };
      await gateway.network.submitterOf('VenueMSP').submit({ ...command, ...validity });
    };
    const admit = (given: { scan: string; presentation: string }) => () =>
      gateway.anybody.admit(given.scan, given.presentation);

    it('by a device that is not registered never reach the ledger', async () => {
      const given = signScan({ ticket: TICKET }, device, aFan());
      expect(await refused(admit(given))).to.deep.equal(['UNKNOWN_DEVICE', 0]);
      await register();
      const other = signScan({ ticket: TICKET }, newKey('another'), aFan());
      expect(await refused(admit(other))).to.deep.equal(['UNKNOWN_KEY', 0]);
    });

    it('that no device or no holder signed never reach the ledger', async () => {
      await register();
      const { scan, presentation } = signScan({ ticket: TICKET }, device, aFan());
      expect(await refused(admit({ scan: unsigned(scan), presentation }))).to.deep.equal(['SIGNATURE_INVALID', 0]);
      expect(await refused(admit({ scan, presentation: unsigned(presentation) }))).to.deep.equal([
        'SIGNATURE_INVALID',
        0,
      ]);
    });

    it('by a registered device do', async () => {
      await register();
      gateway.network.now = DOORS;
      expect(await refused(admit(signScan({ ticket: TICKET }, device, aFan())))).to.deep.equal(['NOT_AUTHORISED', 1]);
    });
  });

  it('have fewer places than the queue: what is too many is told to come again, and the operator still sells', async () => {
    const network = new MemoryNetwork();
    const sales = network.submitterOf('OrganizerMSP');
    let waiting = 0;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const submitter: Submitter = {
      async submit(command): Promise<Committed> {
        if (command.kind !== 'ticket.transfer') return sales.submit(command);
        waiting += 1;
        await released;
        return sales.submit(command);
      },
    };
    const other = await aGateway({ network, submitter });
    try {
      await anOpenEvent(other);
      const give = () => {
        const body = JSON.stringify(signTransfer({ ticket: TICKET }, aFan(), aFan()));
        return send(other, { method: 'POST', path: '/v1/transfers', body });
      };
      const flood = Array.from({ length: 130 }, give);
      const refusals: unknown[] = [];
      for (const each of flood)
        void each.then(({ status, headers }) => refusals.push([status, headers.get('retry-after')]));
      while (waiting < 100 || refusals.length < 30) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(refusals).to.deep.equal(Array.from({ length: 30 }, () => [429, '1']));
      expect((await other.operator.sell({ request: aFan().request() })).replayed).to.be.false;
      release();
      await Promise.all(flood);
      expect([waiting, refusals.length]).to.deep.equal([100, 130]);
    } finally {
      await other.close();
    }
  });
});
