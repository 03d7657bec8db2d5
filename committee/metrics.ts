/** What a node counts, in the text format that Prometheus reads. Labels come from closed sets only: each combination is kept for good. */
import { Counter, Gauge, Registry } from 'prom-client';

export type { Counter } from 'prom-client';

interface Sample<L extends string> {
  readonly labels: Readonly<Partial<Record<L, string>>>;
  readonly value: number;
}

export class Metrics {
  readonly #registry = new Registry();

  counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  /** @param samples asked for at each reading */
  gauge<L extends string>(name: string, help: string, labelNames: L[], samples: () => readonly Sample<L>[]): void {
    const gauge = new Gauge({
      ...{ name, help, labelNames, registers: [this.#registry] },
      collect() {
        gauge.reset();
        for (const { labels, value } of samples()) gauge.set(labels, value);
      },
    });
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
