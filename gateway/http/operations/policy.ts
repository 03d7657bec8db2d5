/** An event's rules in words, and what a resale would pay to whom: computed by the code that the ledger decides with. */
import { z } from 'zod';
import { allotmentPrefix } from '../../../chaincode/domain/keys.js';
import { addMinor } from '../../../chaincode/domain/money.js';
import { LANGUAGES, type Language } from '../../../chaincode/domain/policy/explain/language.js';
import { explainClasses, explainPolicy, explainProfile } from '../../../chaincode/domain/policy/explain/explain.js';
import { explainResale } from '../../../chaincode/domain/policy/explain/explain-resale.js';
import { JURISDICTIONS, PARAMETER_NAMES } from '../../../chaincode/domain/policy/parameters.js';
import { classesSchema, policyOf, policyPartSchema } from '../../../chaincode/domain/policy/policy.js';
import type { AllotmentRecord, EventRecord } from '../../../chaincode/domain/records.js';
import { refuse } from '../../../chaincode/domain/refusal.js';
import { digits } from '../digits.js';
import { requireEventRecord } from '../event-reader.js';
import { ok, operation } from '../operation.js';
import { MAX_PAGE } from '../paging.js';
import type { Records } from '../ports.js';
import { eventId, slugId, thumbprint } from '../schemas.js';

const minor = z.int().min(0).meta({ description: "minor units of the event's currency" });
const amount = digits(z.int().min(0)).optional();
const params = z.strictObject({ event: eventId });
const query = z
  .strictObject({
    language: z.enum(LANGUAGES).default('en'),
    priceClass: slugId.optional().meta({ description: "explain this class's rules instead of the event's" }),
    askMinor: amount.meta({ description: 'explain a resale at this price; needs priceClass' }),
    sellerFeeMinor: amount.meta({ description: 'what the platform takes from the seller; 0 unless given' }),
    buyerFeeMinor: amount.meta({ description: 'what the platform takes from the buyer; 0 unless given' }),
  })
  .refine(({ askMinor, priceClass }) => askMinor === undefined || priceClass !== undefined, {
    path: ['priceClass'],
    error: 'goes with askMinor',
  })
  .refine(
    ({ askMinor, sellerFeeMinor, buyerFeeMinor }) =>
      askMinor !== undefined || (sellerFeeMinor ?? buyerFeeMinor) === undefined,
    {
      path: ['askMinor'],
      error: 'goes with the fees of a resale',
    },
  );

const explained = z.strictObject({ parameter: z.enum(PARAMETER_NAMES), sentence: z.string() });
const text = z.array(explained).readonly();

const profileSchema = z.strictObject({
  jurisdiction: z.enum(JURISDICTIONS),
  name: z.string(),
  statutes: z.array(z.strictObject({ title: z.string(), url: z.url() })).readonly(),
  demands: z
    .array(z.strictObject({ rule: z.string(), parameter: z.enum(PARAMETER_NAMES), source: z.string() }))
    .readonly(),
  notExpressed: z.array(z.string()).readonly().meta({ description: 'what the law says and no parameter does' }),
});

const resaleSchema = z.strictObject({
  allotment: slugId.meta({ description: 'the first of this class: its prices count' }),
  faceMinor: minor,
  withFeesMinor: minor,
  totalMinor: minor,
  commissionMinor: minor,
  royaltyMinor: minor,
  venueMinor: minor,
  sellerMinor: minor,
  proceedsMinor: minor.meta({ description: "the seller's at once, if he was the first buyer" }),
  surplusMinor: minor.meta({ description: 'in escrow until the event has ended' }),
  capMinor: minor.nullable(),
  allowed: z
    .boolean()
    .meta({ description: 'whether price and fees keep to every limit; other rules may still refuse' }),
  broken: z
    .array(
      z.strictObject({
        parameter: z.enum(PARAMETER_NAMES),
        code: z.enum(['FEE_ABOVE_CAP', 'PRICE_ABOVE_CAP']),
        field: z.string(),
        limitMinor: minor,
        givenMinor: minor,
      }),
    )
    .readonly(),
  text: z.array(z.string()).readonly(),
});

export const explainedPolicySchema = z
  .strictObject({
    event: eventId,
    policyVersion: z.int().min(1),
    policyHash: thumbprint,
    jurisdiction: z.enum(JURISDICTIONS).nullable(),
    policy: policyPartSchema.meta({ description: "the event's rules, every parameter decided" }),
    classes: classesSchema.meta({ description: 'what price classes say beyond the event' }),
    priceClass: slugId.optional().meta({ description: "whose rules `text` tells; the event's where absent" }),
    text,
    classText: z.array(z.strictObject({ priceClass: slugId, text })).readonly(),
    profile: profileSchema.optional(),
    resale: resaleSchema.optional(),
  })
  .meta({ id: 'ExplainedPolicy' });

export const policyOperations = [
  operation({
    id: 'explainPolicy',
    method: 'GET',
    path: '/v1/events/{event}/policy',
    tag: 'events',
    summary: "An event's rules in plain English or French, and what a resale at a given price pays to whom",
    params,
    query,
    problems: [422],
    tagged: true,
    responses: { 200: { description: 'the rules', schema: explainedPolicySchema } },
    async handle({ params: { event }, query: asked }, { records }) {
      const record = await requireEventRecord(records, event);
      const { policy, classes, policyVersion, policyHash } = record;
      const { language, priceClass } = asked;
      const allotment = priceClass === undefined ? undefined : await firstOfClass(records, record, priceClass);
      const { jurisdiction } = policy;
      return ok({
        event,
        policyVersion,
        policyHash,
        jurisdiction,
        policy,
        classes,
        ...(priceClass !== undefined && { priceClass }),
        text: explainPolicy(priceClass === undefined ? policy : policyOf(record, priceClass), language),
        classText: explainClasses(record, language),
        ...(jurisdiction && { profile: explainProfile(jurisdiction, language) }),
        ...(allotment &&
          asked.askMinor !== undefined && { resale: resaleOf(record, allotment, asked.askMinor, asked) }),
      });
    },
  }),
];

interface Fees {
  readonly language: Language;
  readonly sellerFeeMinor?: number | undefined;
  readonly buyerFeeMinor?: number | undefined;
}

/** Of the first buyer's ticket: what a later holder had paid himself is his own affair. */
function resaleOf(
  event: EventRecord,
  { allotment, priceClass, facePriceMinor, fees }: AllotmentRecord,
  askMinor: number,
  { language, sellerFeeMinor = 0, buyerFeeMinor = 0 }: Fees,
) {
  const withFeesMinor = fees.reduce((sum, { amountMinor }) => addMinor(sum, amountMinor, 'fees'), facePriceMinor);
  const first = { faceMinor: facePriceMinor, withFeesMinor };
  const terms = { askMinor, sellerFeeMinor, buyerFeeMinor };
  const policy = policyOf(event, priceClass);
  const { currency } = event;
  return {
    allotment,
    ...first,
    ...explainResale({ policy, terms, first, paidMinor: withFeesMinor, currency, field: 'query' }, language),
  };
}

/** Anybody may ask, for classes that there are none of too: an event with more allotments than so many pages tells about the classes of the first. */
const MAX_PAGES = 10;

/** @throws {Refusal} UNKNOWN_ALLOTMENT if no place of this class was ever allotted, as far as is looked */
async function firstOfClass(records: Records, { event }: EventRecord, priceClass: string): Promise<AllotmentRecord> {
  const prefix = allotmentPrefix(event);
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const listed = await records.list({ prefix, limit: MAX_PAGE, ...(after !== undefined && { after }) });
    const found = listed.map(({ record }) => record as AllotmentRecord).find((each) => each.priceClass === priceClass);
    if (found) return found;
    if (listed.length < MAX_PAGE) break;
    after = listed.at(-1)?.key;
  }
  return refuse('UNKNOWN_ALLOTMENT', { field: 'query.priceClass', priceClass });
}
