/** A handful of counters and gauges in the text format that Prometheus reads (exposition format 0.0.4). */

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  samples(): readonly Sample[];
}

export class Counter implements Metric {
  readonly type = 'counter';
  readonly #samples = new Map<string, { readonly labels: Labels; value: number }>();

  constructor(
    readonly name: string,
    readonly help: string,
  ) {}

  /** @param labels from closed sets only: each combination is kept for good */
  add(labels: Labels, value = 1): void {
    const id = JSON.stringify(Object.entries(labels));
    const sample = this.#samples.get(id) ?? { labels, value: 0 };
    sample.value += value;
    this.#samples.set(id, sample);
  }

  samples(): readonly Sample[] {
    return [...this.#samples.values()];
  }
}

export class Metrics {
  readonly #metrics: Metric[] = [];

  counter(name: string, help: string): Counter {
    const counter = new Counter(name, help);
    this.#metrics.push(counter);
    return counter;
  }

  /** @param samples asked for at each reading */
  gauge(name: string, help: string, samples: () => readonly Sample[]): void {
    this.#metrics.push({ name, help, type: 'gauge', samples });
  }

  get text(): string {
    return this.#metrics.map(textOf).join('');
  }
}

function textOf(metric: Metric): string {
  const { name, help, type } = metric;
  const lines = metric.samples().map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelsOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
