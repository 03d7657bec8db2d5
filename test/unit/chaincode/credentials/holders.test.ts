/** Events that ask for credentials: what a holder says counts for his pseudonym, by the key that is enrolled for it now. */
import { expect } from 'chai';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { enrolmentKey } from '../../../../chaincode/domain/committee-keys.js';
import { eventKey, holderKey } from '../../../../chaincode/domain/keys.js';
import type { HolderStatementName, MarketStatementName } from '../../../../chaincode/domain/statements.js';
import { aRelease, anActivation, anEnrolment, pseudonymOf } from '../../../support/committee.js';
import { enrolmentOf, forPersons, holderAt, type CredentialScene } from '../../../support/credentials.js';
import { BY_RESELLER, countsOf, list } from '../../../support/market.js';
import { aListing, aResale, aWithdrawal } from '../../../support/resales.js';
import { aPayout, aRefundClaim } from '../../../support/settlements.js';
import {
  aDevice,
  anAdvance,
  anAllotment,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  held,
  keyOnly,
  newKey,
  SCHEDULE,
  type Command,
  type Held,
  type ScanOptions,
  type TestKey,
} from '../../../support/statements.js';
import type { SubmitOptions } from '../../../support/test-ledger.js';
import {
  afterSale,
  asNow,
  AT_THE_DOOR,
  expectAccepted,
  expectRefusal,
  judgeWith,
  ticketOf,
} from '../../../support/world.js';

interface Shown extends CredentialScene {
  readonly ann: TestKey;
  readonly ben: TestKey;
  /** Ann's. */
  readonly ticket: Held;
}

/** Ann has a ticket, Ben is enrolled. */
function shown(policy?: Parameters<typeof forPersons>[0]): Shown {
  const scene = forPersons(policy);
  const [ann, ben] = [scene.enrol('Ann'), scene.enrol('Ben')];
  const sale = aSale(scene.floor, { buyer: ann });
  scene.ledger.accept(sale.command);
  return { ...scene, ann, ben, ticket: held(sale) };
}

/** A statement of one kind, valid but for who signs it. */
interface Saying {
  /** Sets the scene for it, and then submits it. */
  readonly begin: (scene: Shown) => (by: TestKey) => Outcome;
  /** Whose it is: Ann's, who has the ticket, or Ben's, who is to have it. */
  readonly by: 'ann' | 'ben';
  /** Where it stands in its command. */
  readonly field: string;
  /** Whether it waits while another key is claimed. */
  readonly gives: boolean;
}

const by = (ticket: Held, holder: TestKey): Held => ({ ...ticket, holder });
const says = (
  field: string,
  begin: (scene: Shown) => (by: TestKey) => Command,
  { by: who = 'ann', gives = true, ...options }: Partial<Pick<Saying, 'by' | 'gives'>> & SubmitOptions = {},
): Saying => ({
  field,
  by: who,
  gives,
  begin: (scene) => {
    const command = begin(scene);
    return (key) => scene.ledger.submit(command(key), { ...BY_RESELLER, ...options });
  },
});
const takes = { by: 'ben', gives: false } as const;

/** The compiler asks for every statement that a holder signs; those of sealed markets, which ask for credentials by their form, are tested there. */
const SAYINGS: Readonly<Record<Exclude<HolderStatementName, MarketStatementName>, Saying>> = {
  purchase: says(
    'request',
    ({ floor }) =>
      (buyer) =>
        aSale(floor, { buyer, seats: ['floor:A:2'] }).command,
    takes,
  ),
  transfer: says(
    'transfer',
    ({ ticket, ben }) =>
      (holder) =>
        aTransfer(by(ticket, holder), ben),
  ),
  'transfer-acceptance': says(
    'acceptance',
    ({ ticket }) =>
      (to) =>
        aTransfer(ticket, to),
    takes,
  ),
  return: says(
    'statement',
    ({ ticket, floor }) =>
      (holder) =>
        aReturn(by(ticket, holder), floor),
  ),
  listing: says(
    'listing',
    ({ ticket, floor }) =>
      (holder) =>
        aListing(by(ticket, holder), floor).command,
  ),
  withdrawal: says(
    'withdrawal',
    (scene) => {
      const listing = list(scene, scene.ticket);
      return (holder) => aWithdrawal({ ...listing, ticket: by(listing.ticket, holder) });
    },
    { gives: false },
  ),
  'resale-purchase': says(
    'purchase',
    (scene) => {
      const listing = list(scene, scene.ticket);
      return (buyer) => aResale(listing, buyer).command;
    },
    takes,
  ),
  'refund-claim': says('claim', ({ ledger, event, ticket, floor }) => {
    ledger.accept(anEventChange(event, { action: 'postpone', schedule: SCHEDULE }));
    return (holder) => aRefundClaim(by(ticket, holder), floor);
  }),
  payout: says('payout', ({ ledger, event, ann }) => {
    const key = holderKey(event.event, ann.credential!);
    ledger.put(key, { ...ledger.read(key)!, balanceMinor: 5 });
    return (holder) => aPayout(event, holder, 5);
  }),
  presentation: says(
    'presentation',
    ({ ledger, event, ticket }) => {
      const device = aDevice(event);
      ledger.accept([device.command], { caller: 'VenueMSP' });
      ledger.accept(anAdvance(event), AT_THE_DOOR);
      return (holder) => aScan(by(ticket, holder), device).command;
    },
    { gives: false, ...AT_THE_DOOR },
  ),
};

describe('a holder at an event that asks for credentials', () => {
  for (const [name, saying] of Object.entries(SAYINGS)) {
    const { begin, field, gives } = saying;
    const submit = (scene: Shown, key: TestKey) => begin(scene)(key);
    const speaker = (scene: Shown) => scene[saying.by];

    it(`signs a ${name} with the enrolled key`, () => {
      const scene = shown();
      expectAccepted(submit(scene, speaker(scene)));
    });

    it(`names the credential in a ${name}`, () => {
      const scene = shown();
      expectRefusal(submit(scene, keyOnly(speaker(scene))), 'CREDENTIAL_REQUIRED', 'policy.credentialRequired');
    });

    it(`signs a ${name} with no other key`, () => {
      const scene = shown();
      const thief = { ...newKey('thief'), credential: speaker(scene).credential! };
      expectRefusal(submit(scene, thief), 'KEY_NOT_VALID', `${field}.header.jwk`);
    });

    it(`is enrolled before a ${name}`, () => {
      const scene = shown();
      const stranger = holderAt(scene.event.event, 'stranger');
      expectRefusal(submit(scene, stranger), 'UNKNOWN_CREDENTIAL', `${field}.credential`);
    });

    it(`${gives ? 'waits with' : 'does not wait with'} a ${name} while another key is claimed`, () => {
      const scene = shown();
      const { ledger, committee, event } = scene;
      const say = begin(scene);
      const phone = holderAt(event.event, saying.by === 'ann' ? 'Ann' : 'Ben', 'new phone');
      ledger.accept(anEnrolment(committee, event.event, phone, 1));
      const outcome = say(speaker(scene));
      if (gives) expectRefusal(outcome, 'KEY_REPLACEMENT_PENDING', field);
      else expectAccepted(outcome);
    });
  }

  it('is somebody else than at any other event', () => {
    const { event, ann } = shown();
    expect(pseudonymOf('Ann', 'OrganizerMSP:matinee')).to.not.equal(ann.credential);
    expect(pseudonymOf('Ann', event.event)).to.equal(ann.credential);
  });

  it('has what the pseudonym has, under whichever key', () => {
    const scene = shown();
    const { ledger, committee, event, ann, ben, ticket } = scene;
    const phone = holderAt(event.event, 'Ann', 'new phone');
    const of = { event: event.event, subject: ann.credential!, key: phone, sequence: 1 };
    ledger.accept(anEnrolment(committee, event.event, phone, 1, { release: aRelease(of, ann) }));
    expect(ticketOf(ledger, ticket)).to.include({ holder: ann.credential, change: 0 });
    expectRefusal(ledger.submit(aTransfer(ticket, ben)), 'KEY_NOT_VALID', 'transfer.header.jwk');
    expectAccepted(ledger.submit(aTransfer(by(ticket, phone), ben)));
    expect(ticketOf(ledger, ticket)).to.include({ holder: ben.credential, buyer: ann.credential });
  });

  it('can’t get hold of a ticket that another’s pending key might want', () => {
    const scene = shown();
    const { ledger, committee, event, ben } = scene;
    const listing = list(scene, scene.ticket);
    ledger.accept(anEnrolment(committee, event.event, holderAt(event.event, 'Ann', 'new phone'), 1));
    const refused = ledger.submit(aResale(listing, ben).command, BY_RESELLER);
    expectRefusal(refused, 'KEY_REPLACEMENT_PENDING', 'purchase.seller');
    ledger.accept(anActivation(scene.ann.credential!, event.event), { now: '2027-03-04T12:00:00Z' });
    expectAccepted(ledger.submit(aResale(listing, ben).command, BY_RESELLER));
  });

  it('does not sell to himself under another key', () => {
    const scene = shown();
    const { ledger, ann } = scene;
    const listing = list(scene, scene.ticket);
    expectRefusal(ledger.submit(aResale(listing, ann).command, BY_RESELLER), 'LISTING_MISMATCH', 'purchase.header.jwk');
    expectRefusal(ledger.submit(aTransfer(asNow(ledger, scene.ticket), ann)), 'TRANSFER_MISMATCH', 'transfer.to');
  });

  it('is the one whom the transfer names', () => {
    const { ledger, ticket, ben } = shown();
    const toKey = aTransfer(ticket, ben, { to: ben.kid });
    expectRefusal(ledger.submit(toKey), 'TRANSFER_MISMATCH', 'acceptance.header.jwk');
  });
});

describe('a holder at any other event', () => {
  it('has no credential', () => {
    const { ledger, event, floor, ticket } = afterSale();
    const pretending = { ...ticket.holder, credential: pseudonymOf('Ann') };
    const sale = aSale(floor, { buyer: pretending, seats: ['floor:A:2'] });
    expectRefusal(ledger.submit(sale.command), 'UNKNOWN_CREDENTIAL', 'request.credential');
    const transfer = aTransfer({ ...ticket, holder: pretending });
    expectRefusal(ledger.submit(transfer), 'UNKNOWN_CREDENTIAL', 'transfer.credential');
    const accepted = aTransfer(ticket, { ...newKey('friend'), credential: pseudonymOf('Ben') });
    expectRefusal(ledger.submit(accepted), 'UNKNOWN_CREDENTIAL', 'acceptance.credential');
    expect(ledger.read(enrolmentKey(event.event, pretending.credential))).to.equal(undefined);
  });

  it('has none either where an enrolment has strayed on the ledger', () => {
    const { ledger, event, ticket } = afterSale();
    const pretending = { ...ticket.holder, credential: ticket.holder.kid };
    const records = { [enrolmentKey(event.event, pretending.credential)]: { key: pretending.kid, sequence: 0 } };
    const outcome = judgeWith(ledger, aTransfer({ ...ticket, holder: pretending }), records);
    expectRefusal(outcome, 'UNKNOWN_CREDENTIAL', 'transfer.credential');
  });
});

describe('the limit for each person', () => {
  const limited = { perPersonLimit: { primary: 2, resale: 1 } };

  it('holds across two sellers', () => {
    const scene = forPersons(limited);
    const { ledger, event, floor } = scene;
    const seats = { section: 'balcony', rows: [['A', 1, 9]] as [string, number, number][] };
    const other = anAllotment(event, { allotment: 'balcony', seller: 'OtherResellerMSP', seats });
    ledger.accept(other.command);
    const ann = scene.enrol('Ann');
    ledger.accept(aSale(floor, { buyer: ann }).command);
    ledger.accept(aSale(other, { buyer: ann, seats: ['balcony:A:1'] }).command, { caller: 'OtherResellerMSP' });
    for (const [supply, seat] of [
      [floor, 'floor:A:2'],
      [other, 'balcony:A:2'],
    ] as const) {
      const third = ledger.submit(aSale(supply, { buyer: ann, seats: [seat] }).command);
      expect(expectRefusal(third, 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.primary')).to.include({ bought: 2 });
    }
    expect(countsOf(ledger, event.event, ann)).to.include({ held: 2, boughtPrimary: 2 });
  });

  it('holds whatever key the person has by then', () => {
    const scene = forPersons(limited);
    const { ledger, event, floor, committee } = scene;
    const ann = scene.enrol('Ann');
    ledger.accept(aSale(floor, { buyer: ann, seats: ['floor:A:1', 'floor:A:2'] }).command);
    const phone = holderAt(event.event, 'Ann', 'new phone');
    const of = { event: event.event, subject: ann.credential!, key: phone, sequence: 1 };
    ledger.accept(anEnrolment(committee, event.event, phone, 1, { release: aRelease(of, ann) }));
    const third = ledger.submit(aSale(floor, { buyer: phone, seats: ['floor:A:3'] }).command);
    expectRefusal(third, 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.primary');
  });

  it('holds across resales', () => {
    const scene = forPersons(limited);
    const { ledger, floor } = scene;
    const [ann, ben, cleo] = ['Ann', 'Ben', 'Cleo'].map(scene.enrol) as [TestKey, TestKey, TestKey];
    const sales = [ann, ben].map((buyer, at) => aSale(floor, { buyer, seats: [`floor:A:${at + 1}`] }));
    ledger.accept(sales.map(({ command }) => command));
    const [first, second] = sales.map((sale) => aResale(list(scene, held(sale)), cleo).command);
    expectAccepted(ledger.submit(first!, BY_RESELLER));
    const refused = ledger.submit(second!, BY_RESELLER);
    expect(expectRefusal(refused, 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.resale')).to.include({ bought: 1 });
  });
});

describe('the door of such an event', () => {
  const atDoor = () => {
    const scene = shown();
    const { ledger, event, ann } = scene;
    const device = aDevice(event);
    ledger.accept(device.command, { caller: 'VenueMSP' });
    ledger.accept(anAdvance(event), AT_THE_DOOR);
    /** The terminal has looked at a document and asked the committee whose it is. */
    const byDocument = (options: ScanOptions = {}, { credential }: TestKey = ann): Command => {
      const overrides = { check: 'document', credential, presentation: undefined, ...options.overrides } as const;
      const { kind, scan } = aScan(scene.ticket, device, { ...options, overrides: overrides }).command;
      return { kind, scan };
    };
    return { ...scene, device, byDocument, at: (command: Command) => ledger.submit(command, AT_THE_DOOR) };
  };

  it('opens to the document, without a phone', () => {
    const { at, byDocument } = atDoor();
    expectAccepted(at(byDocument()));
  });

  it('opens to both', () => {
    const { at, ticket, device, ann } = atDoor();
    const both = aScan(ticket, device, { overrides: { check: 'document', credential: ann.credential } });
    expectAccepted(at(both.command));
  });

  it('refuses a lent ticket, with or without the phone', () => {
    const { at, byDocument, ticket, device, ben } = atDoor();
    expectRefusal(at(byDocument({}, ben)), 'NOT_THE_HOLDER', 'scan.credential');
    const lent = aScan(ticket, device, { overrides: { check: 'document', credential: ben.credential } });
    expectRefusal(at(lent.command), 'NOT_THE_HOLDER', 'scan.credential');
    expectRefusal(at(aScan(by(ticket, ben), device).command), 'NOT_THE_HOLDER', 'presentation.header.jwk');
  });

  it('takes a credential for a document only', () => {
    const { at, byDocument } = atDoor();
    expectRefusal(at(byDocument({ overrides: { check: undefined } })), 'PRESENTATION_MISMATCH', 'scan.check');
    const promised = byDocument({ overrides: { presentation: 'A'.repeat(43) } });
    expectRefusal(at(promised), 'PRESENTATION_MISMATCH', 'presentation');
    const exit = byDocument({ action: 'exit' });
    expectRefusal(at(exit), 'PRESENTATION_MISMATCH', 'scan.credential');
  });

  it('is the same while another key is claimed', () => {
    const { ledger, committee, event, at, byDocument } = atDoor();
    ledger.accept(anEnrolment(committee, event.event, holderAt(event.event, 'Ann', 'new phone'), 1));
    expectAccepted(at(byDocument()));
  });

  it('of any other event takes no credential', () => {
    const { ledger, event, byDocument } = atDoor();
    const record = ledger.read(eventKey(event.event))!;
    const free = { [eventKey(event.event)]: { ...record, policy: { ...record.policy, credentialRequired: false } } };
    const outcome = judgeWith(ledger, byDocument(), free, AT_THE_DOOR);
    expectRefusal(outcome, 'UNKNOWN_CREDENTIAL', 'scan.credential');
  });

  it('finds the enrolment that a code names', () => {
    const scene = atDoor();
    expect(enrolmentOf(scene, scene.ann)!.key).to.equal(scene.ann.kid);
    expectAccepted(scene.at(aScan(scene.ticket, scene.device).command));
  });
});
