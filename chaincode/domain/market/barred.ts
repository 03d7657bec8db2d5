/** Resellers that a market names and that may not sell any more: judged once, at its close, so that it does not matter when an ask is looked at. */
import { requireMembers } from '../governance/members.js';
import type { OrganizationRecord } from '../records.js';
import type { State } from '../state.js';
import type { MarketRecord } from './records.js';

const maySell = ({ status, roles }: OrganizationRecord): boolean =>
  status === 'active' && (roles.includes('reseller') || roles.includes('organizer'));

/** @returns what the close adds to the market's record: nothing where all may sell */
export function barredBy(state: State, { guarantees }: Pick<MarketRecord, 'guarantees'>): Pick<MarketRecord, 'barred'> {
  const { organizations } = requireMembers(state);
  const selling = new Set(organizations.filter(maySell).map(({ mspId }) => mspId));
  const barred = Object.keys(guarantees).filter((msp) => !selling.has(msp));
  return barred.length > 0 ? { barred: barred.sort() } : {};
}
