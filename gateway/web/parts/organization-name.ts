/** An organization by the name it registered, with its MSP id, which can't be chosen twice. The names are asked for once. */
import { get } from '../api.js';
import { el, link } from '../dom.js';
import type { Organization } from '../resources.js';

let names: Promise<ReadonlyMap<string, string>> | undefined;

async function askNames(): Promise<ReadonlyMap<string, string>> {
  try {
    const { organizations } = await get<{ organizations: readonly Organization[] }>('/v1/organizations');
    return new Map(organizations.map(({ mspId, name }) => [mspId, name]));
  } catch {
    // The id alone is enough; the next page asks again.
    names = undefined;
    return new Map();
  }
}

/** A link that shows the MSP id until the name is known. */
export function organizationName(mspId: string): HTMLElement {
  const anchor = link(['organizations', mspId], mspId);
  const name = el('span', { class: 'organization' }, anchor);
  void (names ??= askNames()).then((known) => {
    const found = known.get(mspId);
    if (found === undefined) return;
    anchor.replaceChildren(titled(found));
    name.replaceChildren(anchor, ' ', el('small', {}, mspId));
  });
  return name;
}

/** The sample network's names are lower-case words. */
export const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
