import { expect } from 'chai';
import { organizationKeysKey, type Key } from '../../../../chaincode/domain/keys.js';
import { collectCertificate } from '../../../../gateway/certificate/collect.js';
import type { Ledger } from '../../../../gateway/certificate/provenance.js';
import { holds, verifyCertificate } from '../../../../gateway/certificate/verify.js';
import type { Transaction, Version } from '../../../../gateway/http/ports.js';
import {
  aKeyRegistration,
  anAllotment,
  anEvent,
  aReturn,
  aSale,
  aTransfer,
  CHANNEL,
  CONSORTIUM,
  held,
  newKey,
  NOW,
  type Command,
} from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';

const TIMESTAMP = new Date(NOW).toISOString();

/** A ledger with the event and its allotment, whose transactions hold as many commands as they are given. */
class Batches {
  readonly event = anEvent();
  readonly allotment = anAllotment(this.event);
  readonly transactions: Transaction[] = [];
  readonly history = new Map<string, Version<unknown>[]>();
  readonly #ledger = new TestLedger();

  constructor() {
    this.#ledger.propose(CONSORTIUM);
    this.#ledger.found(CONSORTIUM);
    for (const [caller, use] of [
      ['OrganizerMSP', 'event'],
      ['ResellerMSP', 'seller'],
    ] as const) {
      this.submit([aKeyRegistration(CONSORTIUM.keys[caller]![use], use)], caller);
    }
    this.submit([this.event.command, this.allotment.command]);
  }

  submit(commands: readonly Command[], caller = 'ResellerMSP'): void {
    const outcomes = this.#ledger.accept(commands, { caller });
    const tx = `tx-${this.transactions.length}`;
    this.transactions.push({
      tx,
      block: this.transactions.length,
      timestamp: TIMESTAMP,
      mspId: caller,
      code: 'VALID',
      function: 'BoxOffice:submit',
      commands,
      outcomes,
    });
    for (const { key } of this.#ledger.written) this.write(key, this.#ledger.read(key), tx);
  }

  write(key: string, record: unknown, tx = 'tx-later'): void {
    const version = { tx, timestamp: TIMESTAMP, deleted: false, record };
    this.history.set(key, [...(this.history.get(key) ?? []), version]);
  }

  /** What a peer answers. */
  asLedger(): Ledger {
    const newest = (key: string) => this.history.get(key)?.at(-1)?.record;
    return {
      records: {
        read: ((keys: readonly string[]) => Promise.resolve(keys.map(newest))) as Ledger['records']['read'],
        list: () => Promise.resolve([]),
        history: <T>(key: Key<T>) => Promise.resolve((this.history.get(key) ?? []) as readonly Version<T>[]),
      },
      blocks: {
        info: () => Promise.resolve({ height: this.transactions.length, currentHash: '' }),
        block: () => Promise.resolve(undefined),
        transaction: (tx) => Promise.resolve(this.transactions.find((each) => each.tx === tx)),
      },
    };
  }

  certificate() {
    return collectCertificate(this.asLedger(), CHANNEL, `${this.event.event}:floor:A:1`);
  }
}

describe('where a certificate is from', () => {
  let ledger: Batches;
  beforeEach(() => {
    ledger = new Batches();
  });

  describe('several changes of one place in one transaction', () => {
    const sale = () => aSale(ledger.allotment);
    const PLANS: readonly (readonly [what: string, transfers: number, plan: () => readonly Command[][]])[] = [
      [
        'sell; return; sell',
        0,
        () => ((a) => [[a.command], [aReturn(held(a), ledger.allotment)], [sale().command]])(sale()),
      ],
      [
        'sell; [return, sell]',
        0,
        () => ((a) => [[a.command], [aReturn(held(a), ledger.allotment), sale().command]])(sale()),
      ],
      [
        '[sell, return, sell]',
        0,
        () => ((a) => [[a.command, aReturn(held(a), ledger.allotment), sale().command]])(sale()),
      ],
      [
        'sell; [transfer, return, sell]',
        0,
        () => {
          const [a, b] = [sale(), newKey('b')];
          const back = aReturn({ ...held(a), holder: b, change: 1 }, ledger.allotment);
          return [[a.command], [aTransfer(held(a), b), back, sale().command]];
        },
      ],
      [
        '[sell, return, sell, transfer]',
        1,
        () => {
          const [a, b] = [sale(), sale()];
          const given = aTransfer({ ...held(b), issue: 2 });
          return [[a.command, aReturn(held(a), ledger.allotment), b.command, given]];
        },
      ],
      ['[sell, transfer]', 1, () => ((a) => [[a.command, aTransfer(held(a))]])(sale())],
    ];
    for (const [what, transfers, plan] of PLANS) {
      it(`verifies after ${what}`, async () => {
        for (const commands of plan()) ledger.submit(commands);
        const certificate = await ledger.certificate();
        expect(holds(verifyCertificate(certificate))).to.be.true;
        expect(certificate.evidence.hands).to.have.lengthOf(transfers);
      });
    }
  });

  describe('keys', () => {
    beforeEach(() => ledger.submit([aSale(ledger.allotment).command]));

    it('are named with the transaction that registered them', async () => {
      const { organizer, seller } = (await ledger.certificate()).keys;
      expect([organizer.registered, seller.registered].map((at) => [at?.tx, at?.block])).to.deep.equal([
        ['tx-0', 0],
        ['tx-1', 1],
      ]);
    });

    it('that have left the registry are found in its history', async () => {
      for (const msp of ['OrganizerMSP', 'ResellerMSP']) ledger.write(organizationKeysKey(msp), { keys: [] });
      expect(holds(verifyCertificate(await ledger.certificate()))).to.be.true;
    });

    it('say nothing of a registration that the history does not reach', async () => {
      const key = organizationKeysKey('ResellerMSP');
      ledger.history.set(key, [{ ...ledger.history.get(key)!.at(-1)!, tx: 'tx-2' }]);
      const certificate = await ledger.certificate();
      expect(certificate.keys.seller).not.to.have.property('registered');
      expect(holds(verifyCertificate(certificate))).to.be.true;
    });

    it('are told as the ledger knew them last', async () => {
      const key = organizationKeysKey('ResellerMSP');
      const { keys } = ledger.history.get(key)!.at(-1)!.record as { keys: readonly object[] };
      ledger.write(key, { keys: keys.map((each) => ({ ...each, revoked: true })) });
      expect((await ledger.certificate()).keys.seller.revoked).to.be.true;
    });
  });
});
