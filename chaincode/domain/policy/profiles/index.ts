/** The profile of each jurisdiction. */
import type { Jurisdiction } from '../parameters.js';
import type { Profile } from '../profile.js';
import { belgium } from './belgium.js';
import { france } from './france.js';
import { ireland } from './ireland.js';
import { italy } from './italy.js';
import { newSouthWales } from './new-south-wales.js';
import { unitedKingdom } from './united-kingdom.js';
import { victoria } from './victoria.js';

export const PROFILES: Readonly<Record<Jurisdiction, Profile>> = {
  UK: unitedKingdom,
  IE: ireland,
  FR: france,
  BE: belgium,
  IT: italy,
  'AU-VIC': victoria,
  'AU-NSW': newSouthWales,
};
