/** Tells the tour: each step with its transaction and block, each refusal with its code and field. A step that does not hold ends the tour. */
import { styleText } from 'node:util';
import type { Answer } from '../client/guichet-client.js';
import { ProblemError } from '../client/problem-error.js';
import type { ProblemCode } from '../http/problem.js';

type Style = Parameters<typeof styleText>[0];

export interface NarratorOptions {
  readonly write: (line: string) => void;
  readonly colours: boolean;
  /** Waits until every gateway's peer has read this block. */
  readonly settle: (block: number) => Promise<void>;
}

/** Something went otherwise than the story has it. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

interface Placed {
  readonly tx: string;
  readonly block?: number | undefined;
}

export interface Refused {
  readonly text: string;
  readonly code: ProblemCode;
  readonly doing: () => Promise<unknown>;
}

const WIDTH = 96;

export class Narrator {
  readonly #options: NarratorOptions;
  #chapters = 0;
  #held = 0;
  #refused = 0;

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  get counts() {
    return { held: this.#held, refused: this.#refused };
  }

  title(text: string, below: string): void {
    this.#line('');
    this.#line(this.#style(['bold'], text));
    this.says(below);
  }

  chapter(name: string, intro: string): void {
    this.#chapters += 1;
    this.#line('');
    this.#line(this.#style(['bold', 'cyan'], `${this.#chapters}  ${name}`));
    this.says(intro);
    this.#line('');
  }

  says(text: string): void {
    for (const line of wrap(text, WIDTH)) this.#line(this.#style(['dim'], `   ${line}`));
  }

  /** A row of facts, aligned. */
  fact(name: string, text: string): void {
    this.#line(`     ${this.#style(['dim'], name.padEnd(18))}${text}`);
  }

  /** Sentences of somebody else, one below the other. */
  quotes(sentences: readonly string[]): void {
    for (const sentence of sentences) {
      for (const [index, line] of wrap(sentence, WIDTH - 4).entries())
        this.#line(this.#style(['dim'], `     ${index === 0 ? '·' : ' '} ${line}`));
    }
  }

  /** Something that must succeed. @returns what was answered */
  async happens<T extends Placed>(text: string, doing: Promise<Answer<T>>): Promise<T> {
    const { body } = await this.#must(text, doing);
    this.#tell('✔', 'green', text);
    this.#line(`     ${this.#style(['dim'], `transaction ${body.tx.slice(0, 16)}…  block ${body.block ?? '?'}`)}`);
    if (body.block !== undefined) await this.#options.settle(body.block);
    return body;
  }

  /** Several things at once that must all succeed. @returns what was answered, in their order */
  async happenAtOnce<T extends Placed>(text: string, doings: readonly Promise<Answer<T>>[]): Promise<readonly T[]> {
    const bodies = (await this.#must(text, Promise.all(doings))).map(({ body }) => body);
    const blocks = bodies.flatMap(({ block }) => block ?? []);
    const [first, last] = [Math.min(...blocks), Math.max(...blocks)];
    this.#tell('✔', 'green', text);
    this.#line(`     ${this.#style(['dim'], `${bodies.length} commands  blocks ${first} to ${last}`)}`);
    await this.#options.settle(last);
    return bodies;
  }

  /** The same bytes again: the answer must be the first one's. */
  async replays<T extends Placed>(text: string, first: T, doing: Promise<Answer<T>>): Promise<void> {
    const { body, replayed } = await this.#must(text, doing);
    const same = replayed && body.tx === first.tx && body.block === first.block;
    if (!same) throw new StoryBroken(`${text}: expected the first receipt, transaction ${first.tx}`);
    this.#tell('↻', 'green', text);
    this.#line(
      `     ${this.#style(['dim'], `the first receipt again: transaction ${first.tx.slice(0, 16)}…  block ${first.block ?? '?'}`)}`,
    );
  }

  /** Something that must be refused, with this code. */
  async refuses(text: string, code: ProblemCode, doing: Promise<unknown>): Promise<void> {
    this.#tellRefusal({ text, code }, await refusalOf(doing));
  }

  /** Several things that must be refused, all while something lasts. */
  async refusesAtOnce(refused: readonly Refused[]): Promise<void> {
    const problems = await Promise.all(refused.map(({ doing }) => refusalOf(doing())));
    for (const [at, each] of refused.entries()) this.#tellRefusal(each, problems[at]);
  }

  #tellRefusal({ text, code }: Omit<Refused, 'doing'>, problem: ProblemError | undefined): void {
    if (problem?.code !== code) throw new StoryBroken(`${text}: expected ${code}, was ${problem?.code ?? 'accepted'}`);
    this.#refused += 1;
    this.#tell('✘', 'yellow', text);
    const field = problem.field === undefined ? '' : `  at ${problem.field}`;
    this.#line(`     ${this.#style(['yellow'], problem.code)}${field}`);
    const facts = Object.entries(problem.problem.details).filter(([name]) => name !== 'field');
    for (const [name, value] of facts) this.#line(`     ${this.#style(['dim'], `${name}: ${String(value)}`)}`);
  }

  /** A check that needs no ledger. */
  holds(text: string, condition: boolean): void {
    if (!condition) throw new StoryBroken(text);
    this.#tell('✔', 'green', text);
  }

  async #must<T>(text: string, doing: Promise<T>): Promise<T> {
    try {
      return await doing;
    } catch (cause) {
      throw new StoryBroken(`${text}: ${(cause as Error).message}`, { cause });
    }
  }

  #tell(mark: string, colour: 'green' | 'yellow', text: string): void {
    this.#held += 1;
    const [first = '', ...rest] = wrap(text, WIDTH);
    this.#line(`  ${this.#style([colour], mark)}  ${first}`);
    for (const line of rest) this.#line(`     ${line}`);
  }

  #style(style: Style, text: string): string {
    return this.#options.colours ? styleText(style, text) : text;
  }

  #line(text: string): void {
    this.#options.write(`${text}\n`);
  }
}

async function refusalOf(doing: Promise<unknown>): Promise<ProblemError | undefined> {
  try {
    await doing;
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
