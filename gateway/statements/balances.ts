/** Running sums of organizations' accounts, by currency and kind. Few organizations, currencies and kinds there are, however many lines. */
import { isOrganization, type Line } from './line.js';

export interface KindSum {
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly lines: number;
}

/** Whose sums: an organization's in a currency. */
export interface AccountOf {
  readonly organization: string;
  readonly currency: string;
}

export class Balances {
  /** By organization and currency, then kind. The inner maps are replaced, never changed, so that a copy is cheap. */
  readonly #accounts: Map<string, ReadonlyMap<string, KindSum>>;

  constructor(of?: Balances) {
    this.#accounts = new Map(of?.entries());
  }

  add({ account, currency, kind, amountMinor }: Line): void {
    if (!isOrganization(account)) return;
    const name = nameOf({ organization: account, currency });
    const kinds = this.#accounts.get(name);
    const sum = kinds?.get(kind);
    const added = {
      kind,
      amountMinor: (sum?.amountMinor ?? 0n) + BigInt(amountMinor),
      lines: (sum?.lines ?? 0) + 1,
    };
    this.#accounts.set(name, new Map([...(kinds ?? []), [kind, added]]));
  }

  balanceOf(account: AccountOf): bigint {
    return this.#kindsOf(account).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  }

  /** How many lines the account has had. */
  linesOf(account: AccountOf): number {
    return this.#kindsOf(account).reduce((sum, { lines }) => sum + lines, 0);
  }

  /** What has come since, by kind, in their alphabet's order; kinds without a line since are left out. */
  since(before: Balances, account: AccountOf): readonly KindSum[] {
    const earlier = new Map(before.#kindsOf(account).map((sum) => [sum.kind, sum]));
    return this.#kindsOf(account)
      .map(({ kind, amountMinor, lines }) => ({
        kind,
        amountMinor: amountMinor - (earlier.get(kind)?.amountMinor ?? 0n),
        lines: lines - (earlier.get(kind)?.lines ?? 0),
      }))
      .filter(({ lines }) => lines > 0)
      .sort((one, other) => (one.kind < other.kind ? -1 : 1));
  }

  entries(): Iterable<readonly [string, ReadonlyMap<string, KindSum>]> {
    return this.#accounts;
  }

  #kindsOf(account: AccountOf): readonly KindSum[] {
    return [...(this.#accounts.get(nameOf(account))?.values() ?? [])];
  }
}

/** No MSP id and no currency has a space. */
const nameOf = ({ organization, currency }: AccountOf): string => `${organization} ${currency}`;
