import { expect } from 'chai';
import { readdir, readFile, open, truncate, writeFile } from 'node:fs/promises';
import sinon from 'sinon';
import { verifySignatureLog } from '../../../../gateway/signer/log-files.js';
import { SignatureLog } from '../../../../gateway/signer/signature-log.js';
import { signerFiles, type SignerFiles } from './a-signer.js';

const ENTRY = { kid: 'k'.repeat(43), name: 'sale', digest: 'd'.repeat(43), event: 'OrganizerMSP:opening-night' };
const codeOf = (doing: Promise<unknown>) =>
  doing.then(
    () => 'written',
    (error: unknown) => (error as { code?: string }).code ?? 'refused',
  );

/** What a full disk does: half of the bytes are written, then an error. */
async function failAppends(): Promise<sinon.SinonStub> {
  const some = await open('/dev/null', 'r');
  const prototype = Object.getPrototypeOf(some) as typeof some;
  await some.close();
  const real = Object.getOwnPropertyDescriptor(prototype, 'appendFile')!.value as typeof some.appendFile;
  return sinon.stub(prototype, 'appendFile').callsFake(async function (this: typeof some, text) {
    await real.call(this, (text as string).slice(0, -40));
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
}

describe("signer's log", () => {
  let files: SignerFiles;
  let log: SignatureLog;
  let reports: string[];
  const reopened = async (maxFileBytes?: number) => {
    const report = (message: string) => void reports.push(message);
    log = await SignatureLog.open(files.log, { report, ...(maxFileBytes !== undefined && { maxFileBytes }) });
  };
  const numberOf = async () => (await verifySignatureLog(files.log)).number;
  beforeEach(async () => {
    reports = [];
    files = await signerFiles();
    await reopened();
  });
  afterEach(async () => {
    sinon.restore();
    await log.close();
    await files.remove();
  });

  it('cuts off a line that a crash left incomplete, says so, and goes on', async () => {
    await log.append([ENTRY, ENTRY, ENTRY]);
    await log.close();
    await truncate(files.log, (await readFile(files.log)).length - 40);
    await reopened();
    expect(reports).to.have.lengthOf(1);
    expect(await numberOf()).to.equal(2);
    await log.append([ENTRY]);
    expect(await numberOf()).to.equal(3);
  });

  for (const [what, forge] of [
    ['a line was taken out', ([first, , third]: readonly string[]) => [first, third, '']],
    [
      'a line was changed',
      ([first, second, third]: readonly string[]) => [first, second?.replace('x', 'y'), third, ''],
    ],
    ['a line is no entry', ([first, , third]: readonly string[]) => [first, '{', third, '']],
    [
      'a line was taken out before an incomplete one',
      ([, second, third]: readonly string[]) => [second, third?.slice(9)],
    ],
  ] as const) {
    it(`does not open if ${what}`, async () => {
      await log.append([ENTRY, { ...ENTRY, event: 'OrganizerMSP:x' }, ENTRY]);
      const lines = (await readFile(files.log, 'utf8')).split('\n');
      await writeFile(files.log, forge(lines).join('\n'));
      expect(await codeOf(SignatureLog.open(files.log))).to.equal('refused');
    });
  }

  it('fails the call whose write fails, and no later one', async () => {
    await log.append([ENTRY]);
    const failing = await failAppends();
    const together = [log.append([ENTRY, ENTRY]), log.append([ENTRY])];
    expect(await Promise.all(together.map(codeOf))).to.deep.equal(['SIGNER_UNAVAILABLE', 'SIGNER_UNAVAILABLE']);
    failing.restore();
    expect(reports).not.to.be.empty;
    await log.append([ENTRY]);
    expect(await numberOf()).to.equal(2);
  });

  it('does not let a failing write take the one that waits behind it along', async () => {
    const failing = await failAppends();
    const first = codeOf(log.append([ENTRY])).finally(() => failing.restore());
    await new Promise(setImmediate);
    const second = codeOf(log.append([ENTRY]));
    expect([await first, await second]).to.deep.equal(['SIGNER_UNAVAILABLE', 'written']);
    expect(await numberOf()).to.equal(1);
  });

  it('opens after a crash in the middle of a failing write', async () => {
    await log.append([ENTRY]);
    const failing = await failAppends();
    await codeOf(log.append([ENTRY]));
    failing.restore();
    await log.close();
    await reopened();
    expect(await numberOf()).to.equal(1);
  });

  it('goes on in a new file when one is full, on the same chain, and reads only that one at its start', async () => {
    await log.close();
    await reopened(600);
    for (let count = 0; count < 8; count += 1) await log.append([ENTRY]);
    const full = (await readdir(files.directory)).filter((name) => name.startsWith('log.')).sort();
    expect(full).to.deep.equal(['log.000000000000003', 'log.000000000000006']);
    expect(await numberOf()).to.equal(8);
    await log.close();
    await writeFile(`${files.log}.000000000000003`, 'put away');
    await reopened(600);
    await log.append([ENTRY]);
    const [, last] = (await readFile(files.log, 'utf8')).trimEnd().split('\n').slice(-2);
    expect(JSON.parse(last ?? '')).to.include({ number: 9 });
  });

  it('does not open if the file before the one that is written was changed at its end', async () => {
    await log.close();
    await reopened(300);
    for (let count = 0; count < 3; count += 1) await log.append([ENTRY]);
    const before = `${files.log}.000000000000002`;
    await writeFile(before, (await readFile(before, 'utf8')).replaceAll('opening', 'closing'));
    expect(await codeOf(SignatureLog.open(files.log))).to.equal('refused');
  });

  it('starts the next file after a crash between putting the full one aside and opening it', async () => {
    await log.append([ENTRY, ENTRY]);
    await log.close();
    await writeFile(`${files.log}.000000000000002`, await readFile(files.log));
    await truncate(files.log, 0);
    await reopened();
    await log.append([ENTRY]);
    expect(await numberOf()).to.equal(3);
  });

  it('writes a full file on if it can’t be put aside', async () => {
    await log.close();
    await reopened(300);
    await log.append([ENTRY, ENTRY]);
    // A name that a directory has can't be renamed to.
    await (await import('node:fs/promises')).mkdir(`${files.log}.000000000000002`);
    await log.append([ENTRY]);
    expect(reports).to.have.lengthOf(1);
    expect((await readFile(files.log, 'utf8')).trimEnd().split('\n')).to.have.lengthOf(3);
  });
});
