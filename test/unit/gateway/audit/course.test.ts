/** Nothing of an export is left unchecked because the export leaves it out: what must be there follows from the state, and the end from its own evidence. */
import { expect } from 'chai';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { auditOf, exportedFrom } from '../../../support/audited.js';
import { drive, steps, submitStep } from '../../../support/market-steps.js';
import { verifyInPython } from '../../../support/python.js';
import { ABORTABLE, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { anAdvance, anEventChange, DOORS, newKey, signStatement } from '../../../support/statements.js';
import { changed, flipped, plus, to, type Change } from '../../../support/tampering.js';
import { anOpenMarket, aWholeMarket, releaseAll } from '../../../support/whole-markets.js';

type Export = Record<string, unknown>;

async function expectVerified(exported: unknown): Promise<void> {
  const { code, stdout } = await verifyInPython(exported);
  expect(code, stdout).to.equal(0);
}

async function expectFound(exported: unknown, where: RegExp): Promise<void> {
  const { code, stdout } = await verifyInPython(exported);
  expect([code, stdout.startsWith('THE FIRST DIFFERENCE')], stdout).to.deep.equal([1, true]);
  expect(stdout.split('\n')[0]).to.match(where);
}

/** As if all of every deposit had come back. */
function allReleased(exported: Export): Export {
  const minor = new Map<string, number>();
  for (const compact of exported.deposits as readonly string[]) {
    const { credential, amountMinor } = decodeStatement('deposit', compact, 'deposit').payload;
    minor.set(credential, (minor.get(credential) ?? 0) + amountMinor);
  }
  const releases = [...minor].map(([credential, held]) => ({
    credential,
    entries: [
      ['escrow:deposits', -held, 'release'],
      [`holder:${credential}`, held, 'release'],
    ],
  }));
  return { ...exported, settlements: [], releases };
}

const UNCLEARED = { result: null, trades: [] };
const unread = ({ pages }: Export) => (pages as readonly object[]).map((page) => ({ ...page, opened: null }));
const LEFT_OUT: readonly (readonly [what: string, without: (whole: Export) => Export, where: RegExp])[] = [
  ['settlements', allReleased, /settlements: pages/],
  ['the result', (whole) => ({ ...allReleased(whole), ...UNCLEARED }), /result: there/],
  [
    'root, secret and result',
    (whole) => ({ ...allReleased(whole), ...UNCLEARED, root: null, secret: null, pages: unread(whole) }),
    /root: there/,
  ],
  [
    'orders, as if it had been aborted',
    (whole) => ({ ...allReleased(whole), ...UNCLEARED, state: 'aborted', orders: [], root: null, secret: null }),
    /end\.from/,
  ],
  ['how it ended', (whole) => ({ ...whole, end: null }), /: end/],
  ['closings', (whole) => ({ ...whole, closings: [] }), /closings: some/],
  ['a page', (whole) => ({ ...whole, pages: (whole.pages as unknown[]).slice(1) }), /: pages/],
];

describe('an export that leaves something out', () => {
  for (const [what, without, where] of LEFT_OUT)
    it(`is found out by the independent verifier: ${what}`, async () =>
      expectFound(without(await exportedFrom(aWholeMarket('lottery'))), where));

  it('is found out where a page is settled twice', async () => {
    const whole = await exportedFrom(aWholeMarket('lottery'));
    const [settled] = whole.settlements as readonly unknown[];
    await expectFound({ ...whole, settlements: [settled, settled] }, /settlements: each page once/);
  });

  it('is found out where free places are missing, or are another allotment’s', async () => {
    const whole = await exportedFrom(aWholeMarket('ballot'));
    await expectFound({ ...whole, supply: [] }, /supply\.length/);
    await expectFound(changed(whole, 'allotments.0.allotment', to('stage-b')), /allotments\[0\]/);
  });
});

describe('an export’s words for the rules', () => {
  it('are the event’s own: its organizer, and the clearing as the policy was at the opening', async () => {
    const whole = await exportedFrom(aWholeMarket('lottery'));
    await expectFound({ ...whole, organizer: 'VenueMSP' }, /organizer/);
    await expectFound({ ...whole, clearing: 'uniform-price' }, /clearing/);
  });

  it('are printed as what it believes, where nothing signed says them', async () => {
    const { stdout } = await verifyInPython(await exportedFrom(aWholeMarket('lottery')));
    expect(stdout).to.match(/believed: organizer OrganizerMSP, venue VenueMSP, .* state finished from cleared at /);
  });
});

describe('a deposit in an export', () => {
  it('is signed by the key that was its credential’s, and by no other', async () => {
    const whole = await exportedFrom(aWholeMarket('lottery'));
    const [first, ...others] = whole.deposits as readonly string[];
    const forged = signStatement('deposit', decodeStatement('deposit', first!, 'deposit').payload, newKey());
    await expectFound({ ...whole, deposits: [forged, ...others] }, /deposits\[0\]: key of/);
    await expectFound(changed(whole, 'depositKeys.0', flipped), /deposits\[0\]: key of/);
  });
});

function overtaken(from: 'revealed' | 'cleared'): SealedMarket {
  const market = drive(anOpenMarket('lottery'), from);
  market.scene.ledger.accept(anAdvance(market.scene.event), { now: DOORS });
  expect(submitStep(market, steps.finish(market), { now: DOORS })).to.include({ accepted: true });
  releaseAll(market);
  return market;
}

describe('an export of a market that the doors were faster than', () => {
  for (const [from, where] of [
    ['revealed', /end\.from/],
    ['cleared', /settlements: pages/],
  ] as const)
    it(`agrees only if they have opened, and not before their time: ${from}`, async () => {
      const exported = await exportedFrom(overtaken(from));
      await expectVerified(exported);
      await expectFound(changed(exported, 'end.doors', to('pending')), where);
      await expectFound(changed(exported, 'end.at', to(ABORTABLE)), /end\.at: doors open/);
    });
});

function aborted(from: 'open' | 'closed' | 'frozen', by?: readonly number[]): SealedMarket {
  const market = drive(anOpenMarket('ballot'), from);
  for (const index of from === 'frozen' ? [1, 2] : []) market.take(market.share(index), { now: ABORTABLE });
  expect(submitStep(market, steps.abort(market, by), { now: ABORTABLE })).to.include({ accepted: true });
  releaseAll(market);
  return market;
}

describe('an export of a market that was aborted', () => {
  for (const [from, by, silent] of [
    ['open', [1, 2], [3, 4]],
    ['open', undefined, []],
    ['closed', undefined, []],
    ['frozen', undefined, [3, 4]],
  ] as const)
    it(`names who kept silent, and nobody else: ${from}, ${by?.length ?? 'no'} statements`, async () => {
      const exported = await exportedFrom(aborted(from, by));
      expect(exported.silent).to.deep.equal(silent);
      await expectVerified(exported);
      await expectFound({ ...exported, silent: [1] }, /silent/);
      await expectFound(changed(exported, 'end.at', to('2027-03-02T12:59:59Z')), /end\.at: abortable/);
    });

  it('has fewer shares and statements than would have gone on', async () => {
    const frozen = await exportedFrom(aborted('frozen'));
    await expectFound(changed(frozen, 'key.threshold', plus(-1)), /end: fewer nodes/);
    const open = await exportedFrom(aborted('open', [1, 2]));
    await expectFound(changed(open, 'key.threshold', plus(-1)), /end: fewer nodes/);
    await expectFound(changed(open, 'end.statements.0', flipped), /end\.statements\[0\]|a statement/);
  });

  it('may have been open and without a key, or its event cancelled', async () => {
    const keyless = sealedMarket({ keyed: false });
    expect(submitStep(keyless, steps.abort(keyless), { now: ABORTABLE })).to.include({ accepted: true });
    const exported = await exportedFrom(keyless);
    expect([exported.key, exported.silent]).to.deep.equal([null, []]);
    await expectVerified(exported);
    const cancelled = sealedMarket();
    const [ann] = persons(cancelled, 'Ann');
    cancelled.take(cancelled.deposit(ann));
    cancelled.scene.ledger.accept(anEventChange(cancelled.scene.event), {});
    expect(submitStep(cancelled, steps.abort(cancelled))).to.include({ accepted: true });
    releaseAll(cancelled);
    expect((await auditOf(cancelled)).report.difference).to.equal(undefined);
    await expectVerified(await exportedFrom(cancelled));
  });

  it('is after the reveal only a cancelled event’s', async () => {
    const market = drive(anOpenMarket('lottery'), 'cleared');
    market.scene.ledger.accept(anEventChange(market.scene.event), { now: ABORTABLE });
    expect(submitStep(market, steps.abort(market))).to.include({ accepted: true });
    releaseAll(market);
    const exported = await exportedFrom(market);
    await expectVerified(exported);
    const uncancelled: Change = to(false);
    await expectFound(changed(exported, 'end.cancelled', uncancelled), /end\.from/);
  });
});
