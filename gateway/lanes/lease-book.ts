/**
 * The leases in the store. Times are the database's own: gateways whose clocks differ agree on who has a lane. A gateway that was started again takes over
 * what it had before: nobody else can listen where it does.
 */
import { sql, type Kysely } from 'kysely';
import type { LeaseTables } from './tables.js';

export interface Member {
  /** A gateway's process. */
  readonly owner: string;
  readonly url: string | undefined;
  readonly secret: string;
}

export interface Lease extends Member {
  readonly epoch: number;
  readonly leftMs: number;
}

/** Leases that nobody wants are forgotten. */
const FORGOTTEN_AFTER = '1 hour';

interface Row {
  readonly owner: string;
  readonly url: string | null;
  readonly secret: string;
  readonly epoch: number;
  readonly left_ms: number;
}

const COLUMNS = sql`owner, url, secret, epoch, (extract(epoch from expires_at - clock_timestamp()) * 1000)::integer as left_ms`;

export class LeaseBook {
  readonly #db: Kysely<LeaseTables>;

  constructor(db: Kysely<LeaseTables>) {
    this.#db = db;
  }

  /** Takes or renews the lane where nobody else has it. @returns whose it is then */
  async claim(lane: string, { owner, url, secret }: Member, leaseMs: number): Promise<Lease> {
    const until = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
    const taken = await sql<Row>`
      insert into lane_leases as l (lane, owner, url, secret, epoch, expires_at) values (${lane}, ${owner}, ${url ?? null}, ${secret}, 1, ${until})
      on conflict (lane) do update set owner = excluded.owner, url = excluded.url, secret = excluded.secret, expires_at = excluded.expires_at,
        epoch = l.epoch + case when l.owner = excluded.owner then 0 else 1 end
      where l.owner = excluded.owner or l.url = excluded.url or l.expires_at <= clock_timestamp()
      returning ${COLUMNS}`.execute(this.#db);
    const [row] = taken.rows.length > 0 ? taken.rows : await this.#read(lane);
    if (!row) throw new Error('the lease of another gateway was given back meanwhile');
    return { owner: row.owner, url: row.url ?? undefined, secret: row.secret, epoch: row.epoch, leftMs: row.left_ms };
  }

  /** Renews those that are still its own. @returns them */
  async renew(lanes: readonly string[], { owner }: Member, leaseMs: number): Promise<ReadonlySet<string>> {
    if (lanes.length === 0) return new Set();
    const renewed = await this.#db
      .updateTable('lane_leases')
      .set({ expires_at: sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
      .where('owner', '=', owner)
      .where('lane', 'in', lanes)
      .returning('lane')
      .execute();
    return new Set(renewed.map(({ lane }) => lane));
  }

  /** Whoever comes next need not wait. */
  async giveBack({ owner }: Member): Promise<void> {
    await this.#db.deleteFrom('lane_leases').where('owner', '=', owner).execute();
  }

  async forget(): Promise<void> {
    await sql`delete from lane_leases where expires_at < clock_timestamp() - ${FORGOTTEN_AFTER}::interval`.execute(
      this.#db,
    );
  }

  async #read(lane: string): Promise<readonly Row[]> {
    return (await sql<Row>`select ${COLUMNS} from lane_leases where lane = ${lane}`.execute(this.#db)).rows;
  }
}
