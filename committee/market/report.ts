/** What a node tells of sealed markets: to its log and its metrics. */
import type { Logger } from 'pino';
import type { Submitted } from '../ledger/submitter.js';
import type { Counter } from '../metrics.js';

export interface Roots {
  readonly computed: string;
  readonly recorded: string;
}

export interface MarketReport {
  /** What the ledger calls the market's orders is not what it shows: nothing is posted. */
  rootDiffers(market: string, roots: Roots): void;
  submitted(market: string, submitted: Submitted): void;
}

export interface MarketLogOptions {
  readonly logger: Logger;
  /** Looks at which the root differed. */
  readonly mismatches: Counter;
  /** Commands by what became of them. */
  readonly commands: Counter<'result'>;
}

export class MarketLog implements MarketReport {
  readonly #options: MarketLogOptions;

  constructor(options: MarketLogOptions) {
    this.#options = options;
  }

  rootDiffers(market: string, roots: Roots): void {
    this.#options.mismatches.inc();
    this.#options.logger.error({ market, ...roots }, 'the root of a frozen market is not that of its orders');
  }

  submitted(market: string, { code, outcomes }: Submitted): void {
    for (const outcome of outcomes) {
      const result = outcome.accepted ? code : outcome.code;
      this.#options.commands.inc({ result });
      this.#options.logger.info({ market, result }, 'a share submitted');
    }
  }
}
