/** Table of the lanes: which of an organization's gateways writes for an event. */

export interface LaneLeaseTable {
  /** The event. */
  readonly lane: string;
  /** A gateway's process: another after each start. */
  readonly owner: string;
  /** Where other gateways reach it; null where they can't. */
  readonly url: string | null;
  /** What they show there. It ends with the process. */
  readonly secret: string;
  /** Grows each time that the lane gets another owner. */
  readonly epoch: number;
  /** By the database's clock, which is the only one that all of them see. */
  readonly expires_at: Date;
}

export interface LeaseTables {
  readonly lane_leases: LaneLeaseTable;
}
