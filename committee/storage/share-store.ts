/**
 * What this node keeps of each key generation: its state with the seed while it lasts, and the share after it. One sealed file each, held in memory; a state
 * is on disk before anybody is told of it.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { NodeState } from '../protocol/index.js';
import { DRAFT, fileSteps, removeDurably, writeDurably, type FileSteps } from './durable-file.js';
import { openSecret, sealedSchema, sealSecret, SealBroken, type Purpose } from './sealed.js';

/** A generation of a key. */
export interface KeyName {
  /** `dedup`, an event's id or a market's. */
  readonly owner: string;
  readonly generation: number;
}

const fileSchema = z.strictObject({
  owner: z.string(),
  generation: z.int(),
  epoch: z.int(),
  indexes: z.string(),
  sealed: sealedSchema,
});

export interface ShareStoreOptions {
  readonly directory: string;
  readonly nodeKey: Buffer;
  readonly steps?: FileSteps;
}

export class ShareStore {
  readonly #options: Required<ShareStoreOptions>;
  readonly #states = new Map<string, NodeState>();
  readonly #names = new Map<string, KeyName>();

  private constructor(options: ShareStoreOptions) {
    this.#options = { steps: fileSteps, ...options };
  }

  /** @throws {SealBroken} if any file can't be opened: a node that misses a share should not look healthy */
  static async open(options: ShareStoreOptions): Promise<ShareStore> {
    const { directory } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const store = new ShareStore(options);
    for (const name of (await readdir(directory)).sort()) {
      const path = join(directory, name);
      // Begun and not finished before a crash: nobody was told of it.
      if (name.endsWith(DRAFT)) await store.#options.steps.remove(path);
      else if (name.endsWith('.json')) store.#load(path, await readFile(path, 'utf8'));
    }
    return store;
  }

  get names(): readonly KeyName[] {
    return [...this.#names.values()];
  }

  get({ owner, generation }: KeyName): NodeState | undefined {
    return this.#states.get(fileName({ owner, generation }));
  }

  async put(name: KeyName, state: NodeState): Promise<void> {
    const { directory, nodeKey, steps } = this.#options;
    const head = headOf(name, state);
    const sealed = sealSecret(state, purposeOf(head), nodeKey);
    const content = `${JSON.stringify({ ...head, sealed })}\n`;
    await writeDurably(join(directory, fileName(name)), content, steps);
    this.#remember(name, state);
  }

  /** Forgets it, on disk first. */
  async remove(name: KeyName): Promise<void> {
    const { directory, steps } = this.#options;
    await removeDurably(join(directory, fileName(name)), steps);
    this.#states.delete(fileName(name));
    this.#names.delete(fileName(name));
  }

  #load(path: string, content: string): void {
    const { sealed, ...head } = parseFile(path, content);
    this.#remember(head, openSecret(sealed, purposeOf(head), this.#options.nodeKey) as NodeState);
  }

  #remember({ owner, generation }: KeyName, state: NodeState): void {
    this.#states.set(fileName({ owner, generation }), state);
    this.#names.set(fileName({ owner, generation }), { owner, generation });
  }
}

type Head = Omit<z.infer<typeof fileSchema>, 'sealed'>;

function headOf({ owner, generation }: KeyName, { board, role }: NodeState): Head {
  const indexes = `${role.dealer ?? '-'}/${role.recipient ?? '-'}`;
  return { owner, generation, epoch: board.generation.epoch, indexes };
}

const purposeOf = ({ owner, generation, epoch, indexes }: Head): Purpose => [
  'share',
  owner,
  String(generation),
  String(epoch),
  indexes,
];

/** Ids have no "_". */
const fileName = ({ owner, generation }: KeyName): string => `${owner.replaceAll(':', '_')}.${generation}.json`;

function parseFile(path: string, content: string) {
  try {
    return fileSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new SealBroken(`${path} is no sealed share`, { cause });
  }
}
