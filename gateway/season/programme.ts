/** The sample season's data: each event is a file beside this one, with times in minutes from now and sellers by role. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { label, slugId } from '../../chaincode/domain/ids.js';
import type { Schedule } from '../../chaincode/domain/schedule.js';
import { policySchema } from '../../chaincode/domain/statements.js';
import { timestampOf } from '../clock.js';
import { currency } from '../http/schemas.js';

const FILES = ['arena.json', 'theatre.json', 'matinee.json'] as const;
const FOLDER = join('gateway', 'season');

const seller = z.enum(['organizer', 'reseller']);
const minutes = z.int();
const programmeSchema = z.strictObject({
  slug: slugId,
  name: z.string(),
  currency,
  perPersonLimit: z.int().min(1),
  transfer: policySchema.shape.transfer,
  scheduleMinutes: z.strictObject({
    salesOpenAt: minutes,
    salesCloseAt: minutes,
    transfersCloseAt: minutes,
    doorsOpenAt: minutes,
    startsAt: minutes,
    endsAt: minutes,
  }),
  classes: z.record(slugId, z.strictObject({ facePriceMinor: z.int(), feeMinor: z.int() })),
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
});
/** One event of the season. */
export type Programme = Readonly<z.infer<typeof programmeSchema>>;
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

/** The data stay in the source folder; the compiled code may be anywhere below the project, or outside with the project as working directory. */
function findFolder(): string {
  for (const start of [dirname(fileURLToPath(import.meta.url)), process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, FOLDER, FILES[0]))) return join(folder, FOLDER);
    }
  }
  throw new Error(`no ${FOLDER} above ${process.cwd()}`);
}
