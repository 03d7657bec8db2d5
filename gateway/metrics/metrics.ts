/**
 * What a gateway counts, in the text format that Prometheus reads (https://prometheus.io/docs/instrumenting/exposition_formats). Labels come from closed
 * sets only, operations and codes: an id in a label would be kept for good, and would say what somebody did.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LaneCounts } from '../fabric/lanes.js';
import type { Span } from '../fabric/spans.js';
import type { ReadLevels } from '../http/middleware/shed-reads.js';
import type { Lag } from '../projection/pending.js';

/** Seconds. A block takes 0.2, and who waits longer than ten has a retry behind him. */
const LATENCY_BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10, 30];
const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100];

/** What is asked for when somebody reads. */
export interface Levels {
  readonly lanes: LaneCounts;
  readonly reads: ReadLevels;
  /** Blocks that this gateway has seen. */
  readonly height: number;
  /** How far the read model is behind. */
  readonly lag: Lag;
}

export interface Answered {
  /** Undefined where no operation took it. */
  readonly operation: string | undefined;
  readonly status: number;
  /** Of the problem, where it was one. */
  readonly code: string | undefined;
  readonly durationMs: number;
}

export interface Delivered {
  readonly commands: number;
  readonly durationMs: number;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('http_requests_total', 'Requests that were answered', ['operation', 'status']);
  readonly #latency = this.#histogram('http_request_seconds', 'From a request to its answer', LATENCY_BUCKETS, [
    'operation',
  ]);
  readonly #problems = this.#counter('problems_total', 'Refusals and failures by their code', ['code']);
  readonly #batch = this.#histogram('batch_commands', 'Commands in one transaction', BATCH_BUCKETS);
  readonly #commit = this.#histogram('commit_seconds', 'From a batch’s proposal to its end', LATENCY_BUCKETS);
  readonly #spans: Readonly<Record<Span, Histogram>> = {
    'lane-wait': this.#histogram('lane_wait_seconds', 'From a command’s taking to its transaction', LATENCY_BUCKETS),
    endorse: this.#histogram('endorse_seconds', 'Of each endorsement of a transaction', LATENCY_BUCKETS),
    'submit-to-commit': this.#histogram('submit_to_commit_seconds', 'Of ordering and commit', LATENCY_BUCKETS),
  };

  /** @param levels is asked at each reading */
  constructor(levels: () => Levels) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('lane_waiting', 'Commands that wait for a transaction', () => levels().lanes.waiting);
    this.#gauge('lane_in_flight', 'Transactions under way', () => levels().lanes.inFlight);
    this.#gauge('reads_in_flight', 'Reads under way', () => levels().reads.reading);
    this.#gauge('reads_limit', 'Reads that may be under way now', () => levels().reads.limit);
    this.#gauge('reads_in_line', 'Reads that stand in line for a place', () => levels().reads.inLine);
    this.#gauge('reads_waiting', 'Reads that wait beside, for a block or the chain', () => levels().reads.waiting);
    this.#gauge('reads_shed', 'Reads turned away since the start', () => levels().reads.shed);
    this.#gauge('ledger_height_blocks', 'Blocks that this gateway has seen', () => levels().height);
    this.#gauge('projection_lag_blocks', 'Blocks that the read model does not have yet', () => levels().lag.blocks);
    this.#gauge('projection_lag_seconds', 'Since it lacks the oldest of those', () => levels().lag.ms / 1000);
  }

  answered({ operation = 'none', status, code, durationMs }: Answered): void {
    this.#requests.inc({ operation, status: String(status) });
    this.#latency.observe({ operation }, durationMs / 1000);
    if (code !== undefined) this.refused(code);
  }

  /** Also what is no answer by itself: one of many, or of a command whose caller did not wait. @param code of the closed list */
  refused(code: string): void {
    this.#problems.inc({ code });
  }

  delivered({ commands, durationMs }: Delivered): void {
    this.#batch.observe(commands);
    this.#commit.observe(durationMs / 1000);
  }

  measured(span: Span, durationMs: number): void {
    this.#spans[span].observe(durationMs / 1000);
  }

  readonly mediaType = this.#registry.contentType;

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `guichet_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, buckets: number[], labelNames: L[] = []): Histogram<L> {
    return new Histogram({ name: `guichet_${name}`, help, buckets, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      ...{ name: `guichet_${name}`, help, registers: [this.#registry] },
      collect() {
        this.set(read());
      },
    });
  }
}
