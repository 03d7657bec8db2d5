/** The sample season's data: each event is a file beside this one, with times in minutes from now and sellers by role. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { label, placeId, slugId } from '../../chaincode/domain/ids.js';
import { policyPartSchema, type PolicyClasses, type PolicyPart } from '../../chaincode/domain/policy/policy.js';
import type { Schedule } from '../../chaincode/domain/schedule.js';
import { timestampOf } from '../clock.js';
import { currency } from '../http/schemas.js';

const FILES = ['arena.json', 'theatre.json', 'matinee.json'] as const;
const FOLDER = join('gateway', 'season');

const seller = z.enum(['organizer', 'reseller']);
const minutes = z.int();
const minor = z.int().min(0);
/** A ticket that a fan bought and offers at this price; some have found their buyer. */
const sampleSchema = z.strictObject({
  allotment: slugId,
  place: placeId,
  askMinor: minor,
  sellerFeeMinor: minor,
  buyerFeeMinor: minor,
  resold: z.boolean(),
});
const programmeSchema = z.strictObject({
  slug: slugId,
  name: z.string(),
  currency,
  policy: policyPartSchema,
  /** By role, for the policy names organizations. */
  authorisedResellers: z.array(seller).optional(),
  scheduleMinutes: z.strictObject({
    salesOpenAt: minutes,
    salesCloseAt: minutes,
    transfersCloseAt: minutes,
    doorsOpenAt: minutes,
    startsAt: minutes,
    endsAt: minutes,
  }),
  classes: z.record(
    slugId,
    z.strictObject({ facePriceMinor: minor, feeMinor: minor, policy: policyPartSchema.optional() }),
  ),
  seating: z.array(
    z.strictObject({
      priceClass: slugId,
      seller,
      sections: z.array(label),
      rows: z.int().min(1),
      seats: z.int().min(1),
    }),
  ),
  standing: z.array(
    z.strictObject({ priceClass: slugId, seller, section: label, from: z.int().min(1), to: z.int().min(1) }),
  ),
  samples: z.array(sampleSchema),
});
/** One event of the season. */
export type Programme = Readonly<z.infer<typeof programmeSchema>>;
export type Sample = Programme['samples'][number];
export type SellerRole = z.infer<typeof seller>;

export function readSeason(): readonly Programme[] {
  const folder = findFolder();
  return FILES.map((name) => programmeSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

export function scheduleOf({ scheduleMinutes }: Programme, nowMs: number): Schedule {
  const at = (minutesFromNow: number) => timestampOf(nowMs + minutesFromNow * 60_000);
  const { salesOpenAt, salesCloseAt, transfersCloseAt, doorsOpenAt, startsAt, endsAt } = scheduleMinutes;
  return {
    salesOpenAt: at(salesOpenAt),
    salesCloseAt: at(salesCloseAt),
    transfersCloseAt: at(transfersCloseAt),
    doorsOpenAt: at(doorsOpenAt),
    startsAt: at(startsAt),
    endsAt: at(endsAt),
  };
}

/** What the event and its classes say of resale and refund. */
export function rulesOf(
  { policy, authorisedResellers, classes }: Programme,
  mspOf: Readonly<Record<SellerRole, string>>,
): { readonly policy: PolicyPart; readonly classes: PolicyClasses } {
  const authorised = authorisedResellers && { authorisedResellers: authorisedResellers.map((role) => mspOf[role]) };
  const own = Object.entries(classes).flatMap(([name, { policy: part }]) => (part ? [[name, part] as const] : []));
  return { policy: { ...policy, ...authorised }, classes: Object.fromEntries(own) };
}

/** The data stay in the source folder; the compiled code may be anywhere below the project, or outside with the project as working directory. */
function findFolder(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, FOLDER, FILES[0]))) return join(folder, FOLDER);
    }
  }
  throw new Error(`no ${FOLDER} above ${process.cwd()}`);
}
