import { expect } from 'chai';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppendLog, type AppendFile } from '../../../../committee/storage/append-log.js';
import { Bindings, type Binding, type BindingsOptions } from '../../../../committee/storage/bindings.js';
import { codeOf } from '../../../support/code-of.js';

const NOW = Date.parse('2027-03-01T12:00:00Z');
const DAY_MS = 86_400_000;
const second = (text: string) => Date.parse(text) / 1000;

const binding = (handle: string, change: Partial<Binding> = {}): Binding => ({
  handle,
  kind: 'event',
  purpose: 'OrganizerMSP:opening-night',
  attestor: 'ResellerMSP/key',
  expiresAt: second('2028-01-01T00:00:00Z'),
  ...change,
});

describe('bindings of handles', () => {
  let directory: string;
  let now: number;
  beforeEach(async () => {
    now = NOW;
    directory = await mkdtemp(join(tmpdir(), 'guichet-bindings-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const open = (options: Partial<BindingsOptions> = {}) =>
    Bindings.open({ directory, limitsPerDay: { master: 2, event: 3 }, now: () => now, ...options });
  const file = () => join(directory, '2028-01.log');

  it('are for good: the same again is fine, another event is not', async () => {
    const bindings = await open();
    await bindings.bind(binding('h1'));
    await bindings.bind(binding('h1'));
    const other = binding('h1', { purpose: 'OrganizerMSP:matinee' });
    expect(await codeOf(bindings.bind(other))).to.equal('HANDLE_ALREADY_BOUND');
    await bindings.close();
    const again = await open();
    await again.bind(binding('h1'));
    expect(await codeOf(again.bind(other))).to.equal('HANDLE_ALREADY_BOUND');
    await again.close();
  });

  it('are one of two that come at once', async () => {
    const bindings = await open();
    const codes = await Promise.all(
      ['a', 'b', 'a'].map((slug) => codeOf(bindings.bind(binding('h1', { purpose: `OrganizerMSP:${slug}` })))),
    );
    expect(codes).to.deep.equal(['accepted', 'HANDLE_ALREADY_BOUND', 'accepted']);
    await bindings.close();
  });

  it('are counted for each attestor, kind and day, also over a restart', async () => {
    const bindings = await open();
    for (const handle of ['h1', 'h2', 'h2', 'h3']) await bindings.bind(binding(handle));
    expect(await codeOf(bindings.bind(binding('h4')))).to.equal('ATTESTOR_LIMIT_REACHED');
    expect(await codeOf(bindings.bind(binding('h1')))).to.equal('accepted');
    await bindings.bind(binding('h5', { kind: 'master', purpose: 'person' }));
    await bindings.bind(binding('h6', { attestor: 'VenueMSP/key' }));
    await bindings.close();
    const again = await open();
    expect(await codeOf(again.bind(binding('h4')))).to.equal('ATTESTOR_LIMIT_REACHED');
    expect(again.counts().map(({ attestor, kind, handles }) => [attestor, kind, handles])).to.deep.equal([
      ['ResellerMSP/key', 'event', 3],
      ['ResellerMSP/key', 'master', 1],
      ['VenueMSP/key', 'event', 1],
    ]);
    now += DAY_MS;
    expect(await codeOf(again.bind(binding('h4')))).to.equal('accepted');
    await again.close();
  });

  it('are bounded', async () => {
    const bindings = await open({ maxBindings: 1 });
    await bindings.bind(binding('h1'));
    expect(await codeOf(bindings.bind(binding('h2')))).to.equal('STORE_FULL');
    await bindings.close();
  });

  it('go a month after they are over, while the node runs, on disk and in memory', async () => {
    const bindings = await open({ maxBindings: 2 });
    const april = { expiresAt: second('2027-04-01T00:00:00Z') };
    for (const handle of ['h1', 'h2']) await bindings.bind(binding(handle, april));
    now = Date.parse('2027-04-30T23:59:59Z');
    expect(await codeOf(bindings.bind(binding('h3')))).to.equal('STORE_FULL');
    now = Date.parse('2027-05-01T00:00:00Z');
    expect(await codeOf(bindings.bind(binding('h3')))).to.equal('accepted');
    expect(await readdir(directory)).to.deep.equal(['2028-01.log']);
    await bindings.close();
  });

  it('outlast a start with a clock that is years ahead', async () => {
    const bindings = await open();
    await bindings.bind(binding('h1'));
    await bindings.close();
    now = Date.parse('2036-01-01T00:00:00Z');
    const ahead = await open();
    now = NOW;
    const other = binding('h1', { purpose: 'OrganizerMSP:matinee' });
    expect(await codeOf(ahead.bind(other))).to.equal('HANDLE_ALREADY_BOUND');
    await ahead.close();
    const again = await open();
    expect(await codeOf(again.bind(other))).to.equal('HANDLE_ALREADY_BOUND');
    await again.close();
  });

  it('are taken again once a file that could not be opened can be, with nothing counted for it', async () => {
    const bindings = await open({ limitsPerDay: { master: 1, event: 1 } });
    await rm(directory, { recursive: true });
    const failed: unknown = await bindings.bind(binding('h1')).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'ENOENT');
    await mkdir(directory);
    expect(await codeOf(bindings.bind(binding('h1', { purpose: 'OrganizerMSP:matinee' })))).to.equal('accepted');
    await bindings.close();
  });

  it('lose only what nobody was answered, wherever a crash cuts the file', async () => {
    const bindings = await open();
    await bindings.bind(binding('h1'));
    await bindings.bind(binding('h2'));
    await bindings.close();
    const whole = await readFile(file());
    const first = whole.indexOf('\n') + 1;
    for (let length = first; length < whole.length; length += 1) {
      await writeFile(file(), whole);
      await truncate(file(), length);
      const again = await open();
      expect(await codeOf(again.bind(binding('h1', { purpose: 'x' })))).to.equal('HANDLE_ALREADY_BOUND');
      expect(await codeOf(again.bind(binding('h2', { purpose: 'x' })))).to.equal('accepted');
      await again.close();
    }
  });

  it('are not opened where the file is damaged before its end', async () => {
    const bindings = await open();
    for (const handle of ['h1', 'h2', 'h3']) await bindings.bind(binding(handle));
    await bindings.close();
    const whole = await readFile(file(), 'utf8');
    await writeFile(file(), whole.replace('h2', 'h9'));
    const error: unknown = await open().catch((cause: unknown) => cause);
    expect((error as Error).message).to.match(/is damaged in line 2$/);
    // At the end it is what a crash leaves.
    await writeFile(file(), whole.replace('h3', 'h9'));
    await appendFile(file(), 'ab');
    await (await open()).close();
    expect((await readFile(file(), 'utf8')).split('\n')).to.have.length(3);
  });
});

describe('a log that is appended to', () => {
  it('shares one write and one sync among writers at once', async () => {
    const calls: string[] = [];
    let release = (): void => undefined;
    const file = {
      appendFile: (text: string) => {
        calls.push(`append ${text.split('\n').length - 1}`);
        return calls.length === 1 ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve();
      },
      datasync: () => Promise.resolve(void calls.push('sync')),
      close: () => Promise.resolve(),
    } as unknown as AppendFile;
    const log = AppendLog.over(file);
    const written = [1, 2, 3, 4].map((entry) => log.append(entry));
    release();
    await Promise.all(written);
    expect(calls).to.deep.equal(['append 1', 'sync', 'append 3', 'sync']);
  });

  for (const step of ['appendFile', 'datasync'] as const)
    it(`takes nothing more after ${step} has failed`, async () => {
      const file: Record<string, unknown> = {
        appendFile: () => Promise.resolve(),
        datasync: () => Promise.resolve(),
        close: () => Promise.resolve(),
        [step]: () => Promise.reject(new Error('the disk is full')),
      };
      const log = AppendLog.over(file as unknown as AppendFile);
      const fails = (work: Promise<void>) =>
        work.then(
          () => false,
          () => true,
        );
      expect(await Promise.all([fails(log.append(1)), fails(log.append(2))])).to.deep.equal([true, true]);
      file[step] = () => Promise.resolve();
      expect(await fails(log.append(3))).to.equal(true);
    });
});
