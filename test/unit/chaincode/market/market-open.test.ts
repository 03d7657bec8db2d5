/** What an organizer may and may not open. */
import { expect } from 'chai';
import type { Outcome } from '../../../../chaincode/domain/batch.js';
import { latestMarketKey, marketKey } from '../../../../chaincode/domain/market/keys.js';
import { MAX_GUARANTEED_MINOR } from '../../../../chaincode/domain/market/terms.js';
import type { PolicyClasses, PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { forPersons } from '../../../support/credentials.js';
import { drive } from '../../../support/market-steps.js';
import { SealedMarket, sealedMarket } from '../../../support/sealed-market.js';
import { aPolicyChange } from '../../../support/settlements.js';
import { anAllotment, EVENT_POLICY, newKey, SCHEDULE, signStatement } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, onSale } from '../../../support/world.js';

const OWN = { allotment: 'stage-a', seller: 'OrganizerMSP', priceClass: 'ballot' };

type Terms = Partial<Payload<'market'>>;

function opening(terms: Terms = {}, policy: PolicyPart = {}, classes?: PolicyClasses): Outcome {
  const scene = forPersons({ market: 'both', ...policy }, classes);
  return scene.ledger.submit(new SealedMarket(scene, terms).opening);
}

describe('opening a sealed market', () => {
  it('writes its terms, and that it is the newest', () => {
    const market = sealedMarket({ keyed: false });
    const { ledger } = market.scene;
    expect(ledger.read(latestMarketKey(market.event))).to.deep.equal({ market: 1, state: 'open' });
    const { channel, event, jti, exp, ...terms } = market.terms;
    const record = ledger.read(marketKey(market.event, 1))!;
    expect(record).to.deep.include({ ...terms, clearing: 'lottery', state: 'open' });
    expect([channel, event, jti, exp].every((claim) => !Object.values(record).includes(claim as never))).to.equal(true);
  });

  it('is the event key’s', () => {
    const scene = forPersons({ market: 'both' });
    const { terms } = new SealedMarket(scene);
    const statement = signStatement('market', terms, newKey('stranger'));
    expectRefusal(scene.ledger.submit({ kind: 'market.open', statement }), 'UNKNOWN_KEY', 'statement.header.kid');
  });

  it('needs an event for persons', () => {
    const { ledger, event } = onSale({ policy: { ...EVENT_POLICY, market: 'both' } });
    const scene = { ...forPersons(), ledger, event };
    const refused = ledger.submit(new SealedMarket(scene).opening);
    expectRefusal(refused, 'CREDENTIAL_NOT_REQUIRED', 'policy.credentialRequired');
  });

  it('needs the one before to be over, and takes the next number', () => {
    const market = sealedMarket();
    const { ledger } = market.scene;
    expectRefusal(ledger.submit(market.next().opening), 'MARKET_EXISTS', 'statement.market');
    drive(market, 'cleared');
    expectRefusal(ledger.submit(market.next().opening), 'MARKET_EXISTS', 'statement.market');
    drive(market, 'finished');
    expectRefusal(ledger.submit(market.next({ market: 3 }).opening), 'STALE_MARKET', 'statement.market');
    expectRefusal(opening({ market: 2 }), 'STALE_MARKET', 'statement.market');
  });

  const WRONG: readonly (readonly [string, Terms, field: string])[] = [
    ['a close that has passed', { closesAt: '2027-03-01T12:00:00Z' }, 'closesAt'],
    ['no time to reveal', { abortableAt: '2027-03-02T12:01:59Z' }, 'abortableAt'],
    ['a lock of more than a day', { abortableAt: '2027-03-03T12:00:01Z' }, 'abortableAt'],
    [
      'an abort that leaves no time to settle before the doors open',
      { closesAt: '2027-05-01T16:00:00Z', abortableAt: '2027-05-01T17:45:01Z' },
      'abortableAt',
    ],
    ['deposit steps that do not ascend', { depositSteps: [3000, 3000] }, 'depositSteps'],
    ['no place for orders', { quotas: {} }, 'quotas'],
    ['more orders than one clearing takes', { quotas: { ResellerMSP: 20_000, VenueMSP: 1 } }, 'quotas'],
    ['nobody to hold deposits', { guarantees: {} }, 'guarantees'],
    ['guarantees of nothing', { guarantees: { ResellerMSP: 0 } }, 'guarantees'],
    [
      'guarantees that could make a balance more than a number holds',
      { guarantees: { ResellerMSP: MAX_GUARANTEED_MINOR, OtherResellerMSP: 1 } },
      'guarantees',
    ],
    ['allotments for a resale', { allotments: ['floor-a'] }, 'allotments'],
    ['a ballot without allotments', { supply: 'ballot' }, 'allotments'],
    ['a class twice', { priceClasses: ['standard', 'standard'] }, 'allotments'],
    ['classes for a ballot', { supply: 'ballot', allotments: ['a'], priceClasses: ['standard'] }, 'priceClasses'],
  ];
  for (const [what, terms, field] of WRONG)
    it(`refuses ${what}`, () => {
      expectRefusal(opening(terms), 'INVALID_MARKET', `statement.${field}`);
    });

  it('lasts to the edge of what is allowed', () => {
    expectAccepted(opening({ abortableAt: '2027-03-02T12:02:00Z' }));
    expectAccepted(opening({ abortableAt: '2027-03-03T12:00:00Z' }));
    expectAccepted(opening({ guarantees: { ResellerMSP: MAX_GUARANTEED_MINOR } }));
    expectAccepted(opening({ closesAt: '2027-05-01T17:00:00Z', abortableAt: '2027-05-01T17:45:00Z' }));
  });

  it('closes while its supply may be traded', () => {
    const late = { closesAt: SCHEDULE.transfersCloseAt, abortableAt: '2027-05-01T17:45:00Z' };
    expectRefusal(opening(late), 'RESALE_NOT_OPEN', 'schedule.transfersCloseAt');
    const early = { resaleOpensAfter: 'salesClose' } as const;
    expectRefusal(opening({}, early), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    const ballot = { supply: 'ballot' as const, allotments: ['stage-a'] };
    const terms = { ...ballot, ...late, closesAt: SCHEDULE.salesCloseAt };
    const fresh = forPersons();
    expectRefusal(
      fresh.ledger.submit(new SealedMarket(fresh, terms).opening),
      'SALES_NOT_OPEN',
      'schedule.salesCloseAt',
    );
  });

  it('draws nothing while the organizer has sales closed', () => {
    const scene = forPersons();
    const stage = anAllotment(scene.event, { ...OWN, seats: { section: 'stage', rows: [['A', 1, 9]] } });
    scene.ledger.accept([stage.command, { kind: 'sales.close', id: 'stop-sales', event: scene.event.event }]);
    const { opening: ballot } = new SealedMarket(scene, { supply: 'ballot', allotments: ['stage-a'] });
    expectRefusal(scene.ledger.submit(ballot), 'SALES_NOT_OPEN', 'event');
    scene.ledger.accept({ kind: 'sales.reopen', id: 'sell-again', event: scene.event.event });
    expectAccepted(scene.ledger.submit(ballot));
  });

  it('sells tickets again only where the policy has sealed markets', () => {
    expectRefusal(opening({}, { market: 'direct' }), 'MARKET_NOT_SEALED', 'policy.market');
    expectAccepted(opening({}, { market: 'sealed' }));
    const classes = { gold: { market: 'sealed' } } as const;
    expectAccepted(opening({}, { market: 'direct' }, classes));
    expectAccepted(opening({ priceClasses: ['gold'] }, { market: 'direct' }, classes));
    const both = { priceClasses: ['gold', 'standard'] };
    expectRefusal(opening(both, { market: 'direct' }, classes), 'MARKET_NOT_SEALED', 'policy.market');
  });

  it('takes no fees beyond the policy’s', () => {
    expectRefusal(opening({ sellerFeeBps: 1001 }), 'FEE_ABOVE_CAP', 'policy.sellerFeeBps');
    expectRefusal(opening({ buyerFeeBps: 1001 }), 'FEE_ABOVE_CAP', 'policy.buyerFeeBps');
    expectAccepted(opening({ sellerFeeBps: 1000, buyerFeeBps: 1000 }));
    expectRefusal(opening({}, { platformFeeCapBps: 999 }), 'FEE_ABOVE_CAP', 'policy.buyerFeeBps');
    expectAccepted(opening({}, { platformFeeCapBps: 1000 }));
    const classes = { gold: { buyerFeeBps: 499 } };
    expectRefusal(opening({}, {}, classes), 'FEE_ABOVE_CAP', 'classes.gold.buyerFeeBps');
  });

  it('names members, and sellers for the deposits', () => {
    expectRefusal(opening({ quotas: { NobodyMSP: 1 } }), 'UNKNOWN_ORGANIZATION', 'statement.quotas.NobodyMSP');
    expectRefusal(opening({ guarantees: { VenueMSP: 1 } }), 'ROLE_MISSING', 'statement.guarantees.VenueMSP');
  });

  it('draws allotments that are the organizer’s own', () => {
    const ballot = (allotments: string[]) => opening({ supply: 'ballot', allotments });
    expectRefusal(ballot(['floor-a']), 'ALLOTMENT_MISMATCH', 'statement.allotments');
    expectRefusal(ballot(['nowhere']), 'UNKNOWN_ALLOTMENT', 'statement.allotments');
    expectRefusal(ballot(['a', 'a']), 'INVALID_MARKET', 'statement.allotments');
  });

  it('is remembered', () => {
    const market = sealedMarket();
    expect(market.scene.ledger.submit(market.opening)).to.include({ replayed: true });
  });
});

describe('the policy of an event that has had a market', () => {
  /** Sales open tomorrow: until then anything else may change. */
  const scene = () => forPersons({ market: 'both' }, undefined, { ...SCHEDULE, salesOpenAt: '2027-03-02T00:00:00Z' });
  const withoutCredentials = ({ event }: ReturnType<typeof scene>, version = 2) =>
    aPolicyChange(event, { credentialRequired: false }, { version });

  it('asks for credentials for ever, even before sales open: deposits are credentials’', () => {
    const before = scene();
    expectAccepted(before.ledger.submit(withoutCredentials(before)));
    const at = scene();
    const market = new SealedMarket(at);
    at.ledger.accept(market.opening);
    const refused = ['POLICY_CHANGE_UNFAVOURABLE', 'policy.credentialRequired'] as const;
    expectRefusal(at.ledger.submit(withoutCredentials(at)), ...refused);
    expectAccepted(at.ledger.submit(aPolicyChange(at.event, { capBps: 20_000 })));
    at.ledger.put(latestMarketKey(market.event), { market: 1, state: 'over' });
    expectRefusal(at.ledger.submit(withoutCredentials(at, 3)), ...refused);
  });
});
