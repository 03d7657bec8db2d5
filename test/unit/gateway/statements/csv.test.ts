import { expect } from 'chai';
import { Readable } from 'node:stream';
import { cellOf, csvOf } from '../../../../gateway/statements/csv.js';
import type { Line } from '../../../../gateway/statements/line.js';
import { EVENT, NOON_MS, ORGANIZER, RESELLER } from './a-chain.js';

const LINE: Line = {
  ...{ block: 7, index: 0, entry: 1, tx: 'tx-1', bookedAtMs: NOON_MS, account: ORGANIZER, currency: 'EUR' },
  ...{ kind: 'face', amountMinor: -2000, event: EVENT, command: 'ResellerMSP/payment-1', counterparty: RESELLER },
};

const piecesOf = (lines: readonly Line[]): Promise<readonly string[]> =>
  Readable.from(csvOf(Readable.from(lines) as AsyncIterable<Line>)).toArray() as Promise<string[]>;

async function textOf(lines: readonly Line[]): Promise<string> {
  return (await piecesOf(lines)).join('');
}

describe('CSV', () => {
  it('has a header, one record for each line and CRLF after each (RFC 4180)', async () => {
    const fee: Line = { ...LINE, kind: 'operators-fee' };
    for (const name of ['event', 'command', 'counterparty'] as const) Reflect.deleteProperty(fee, name);
    expect(await textOf([LINE, fee])).to.equal(
      [
        'block,index,entry,tx,bookedAt,event,command,kind,amountMinor,currency,counterparty',
        `7,0,1,tx-1,2027-03-01T12:00:00.000Z,${EVENT},ResellerMSP/payment-1,face,-2000,EUR,ResellerMSP`,
        '7,0,1,tx-1,2027-03-01T12:00:00.000Z,,,operators-fee,-2000,EUR,',
        '',
      ].join('\r\n'),
    );
  });

  it('has a header even where there is no line', async () => {
    expect((await textOf([])).split('\r\n')).to.have.length(2);
  });

  it('is sent in pieces', async () => {
    const pieces = await piecesOf(Array.from({ length: 1_000 }, () => LINE));
    expect(pieces.length).to.be.above(2);
    expect(pieces.join('').split('\r\n')).to.have.length(1_002);
  });

  it('quotes separators, quotes and line ends', () => {
    expect(['a,b', 'a"b', 'a\r\nb', 'a b'].map(cellOf)).to.deep.equal(['"a,b"', '"a""b"', '"a\r\nb"', 'a b']);
  });

  it('has no text that a spreadsheet takes for a formula, and leaves numbers numbers', () => {
    expect(['=1+1', '+1', '-1', '@x', '\tx', '\rx'].map(cellOf)).to.deep.equal([
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      '"\'\rx"',
    ]);
    expect(cellOf(-450)).to.equal('-450');
  });
});
