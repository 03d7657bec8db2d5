/** Offers reads at a rate, whatever becomes of them: an open load on connections that are kept, from a thread of its own, so that sales' clients are not delayed by it. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface FloodOrder {
  readonly host: string;
  readonly port: number;
  readonly paths: readonly string[];
  readonly perSecond: number;
  readonly connections: number;
}

export interface FloodReport {
  /** For which reads were offered. */
  readonly seconds: number;
  /** Until the last was answered, or waited for in vain. */
  readonly handledSeconds: number;
  readonly offered: number;
  /** For which reads were offered since the lines were full; 0 of a flood that was over before. */
  readonly fullSeconds: number;
  /** Answers in that time, and no more than were offered in it: a backlog that shrinks does not count. */
  readonly handledSinceFull: number;
  /** Answers by status. */
  readonly answered: Readonly<Record<string, number>>;
  /** Connections that broke. */
  readonly broken: number;
}

const TICK_MS = 10;
/** Of one connection: a server that answers no more is not asked more. */
const MAX_UNANSWERED = 500;
/** In which those fill up that wait for an answer: longer than a read stands in line. */
const FILL_MS = 3_000;
/** For what is still under way when the load ends. */
const DRAIN_MS = 10_000;
const STATUS = /HTTP\/1\.1 (\d{3}) /g;
/** As long as a status line's beginning. */
const CARRY = 'HTTP/1.1 200 '.length - 1;

const { host, port, paths, perSecond, connections } = workerData as FloodOrder;
const answered: Record<string, number> = {};
let [offered, broken, stopped] = [0, 0, false];

class Line {
  unanswered = 0;
  #carry = '';
  readonly #socket: Socket;

  constructor() {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.setEncoding('latin1').on('data', (chunk: string) => this.#read(chunk));
    // One that the server ends is broken too: what it was asked last stays unanswered.
    this.#socket.on('error', () => (broken += 1)).on('end', () => (broken += 1));
  }

  ask(requests: string, count: number): void {
    this.unanswered += count;
    this.#socket.write(requests);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    const text = this.#carry + chunk;
    for (const [, status = ''] of text.matchAll(STATUS)) {
      answered[status] = (answered[status] ?? 0) + 1;
      this.unanswered -= 1;
    }
    this.#carry = text.slice(-CARRY);
  }
}

const lines = Array.from({ length: connections }, () => new Line());
const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
const started = performance.now();
/** How it stands. */
const standing = () => ({
  atMs: performance.now(),
  offered,
  handled: Object.values(answered).reduce((sum, count) => sum + count, 0),
});
let full: ReturnType<typeof standing> | undefined;
setTimeout(() => (full = standing()), FILL_MS);
let asked = 0;

function tick(): void {
  if (stopped) return;
  const due = Math.floor((perSecond * (performance.now() - started)) / 1_000) - offered;
  const each = Math.ceil(due / lines.length);
  let left = due;
  for (const line of lines) {
    const count = Math.min(each, left, MAX_UNANSWERED - line.unanswered);
    if (count <= 0) continue;
    const texts = Array.from({ length: count }, () => requests[asked++ % requests.length] ?? '');
    line.ask(texts.join(''), count);
    left -= count;
    offered += count;
  }
  setTimeout(tick, TICK_MS);
}

parentPort?.once('message', () => {
  stopped = true;
  const secondsNow = () => (performance.now() - started) / 1_000;
  const seconds = secondsNow();
  const end = standing();
  const since = full ?? end;
  const handledSinceFull = Math.min(end.handled - since.handled, end.offered - since.offered);
  const fullSeconds = (end.atMs - since.atMs) / 1_000;
  void drain(performance.now() + DRAIN_MS).then(() => {
    for (const line of lines) line.close();
    const report: FloodReport = {
      seconds,
      handledSeconds: secondsNow(),
      offered,
      fullSeconds,
      handledSinceFull,
      answered,
      broken,
    };
    parentPort?.postMessage(report);
  });
});

/** Until the last read is answered; those that are not in time are missing in the report. */
async function drain(untilMs: number): Promise<void> {
  while (lines.some(({ unanswered }) => unanswered > 0) && performance.now() < untilMs) await sleep(TICK_MS);
}

tick();
