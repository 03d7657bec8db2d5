import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { ReadGate } from '../../../../gateway/http/middleware/shed-reads.js';
import { until } from '../../../support/until.js';
import { aFan, anOpenEvent } from '../http/a-scene.js';
import { aGateway, TARIFF, TOKEN, type TestGateway } from '../http/a-gateway.js';
import { codeOf } from '../../../support/code-of.js';

describe('GET /v1/statements', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    for (let sale = 0; sale < 3; sale += 1) await gateway.operator.sell({ request: aFan().request() });
  });
  after(() => gateway.close());

  const raw = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${gateway.url}/v1/statements?${query}`, { headers: { Authorization: `Bearer ${TOKEN}`, ...headers } });

  it('is the own organization’s unless another is named, with the place of each line', async () => {
    const statement = await gateway.operator.statement({ currency: 'EUR' });
    expect(statement).to.include({
      organization: 'OrganizerMSP',
      currency: 'EUR',
      openingBalanceMinor: 0,
      closed: false,
    });
    const kinds = statement.totals.map(({ kind }) => kind);
    expect(kinds).to.include.members(['collected', 'face', 'fee', 'operators-fee']);
    const [line] = statement.lines.filter(({ kind }) => kind === 'face');
    const transaction = await gateway.operator.transaction(line!.tx);
    expect(transaction.block).to.equal(line!.block);
    expect(line).to.include({ index: 0, event: 'OrganizerMSP:opening-night', amountMinor: 4000 });
  });

  it('of another organization shows what it earned', async () => {
    const { organization, totals } = await gateway.operator.statement({ currency: 'EUR', organization: 'VenueMSP' });
    expect(organization).to.equal('VenueMSP');
    // Of 3 each time it gets 2, but 1 where the organizer's own endorsement comes first: for its two keys and its event.
    expect(TARIFF.perCommandMinor).to.equal(3);
    const commands = gateway.network.submissions;
    const amountMinor = 2 * (commands - 3) + 3;
    expect(totals).to.deep.equal([{ kind: 'operators-fee', amountMinor, lines: commands }]);
  });

  it('has pages that are together the whole', async () => {
    const whole = await gateway.operator.statement({ currency: 'EUR', limit: '100' });
    const lines = [];
    let next: string | undefined;
    do {
      const page = await gateway.operator.statement({ currency: 'EUR', limit: '2', ...(next && { after: next }) });
      expect(page).to.deep.include({ totals: whole.totals, closingBalanceMinor: whole.closingBalanceMinor });
      lines.push(...page.lines);
      next = page.next;
    } while (next !== undefined);
    expect(lines).to.deep.equal(whole.lines);
  });

  it('has nothing before and nothing after everything was booked', async () => {
    const past = await gateway.operator.statement({ currency: 'EUR', to: '2027-01-01T00:00:00Z' });
    expect(past).to.deep.include({ lines: [], totals: [], closingBalanceMinor: 0, closed: true });
    const future = await gateway.operator.statement({ currency: 'EUR', from: '2028-01-01T00:00:00Z' });
    expect(future).to.deep.include({ lines: [], totals: [], closed: false });
    expect(future.openingBalanceMinor).to.equal(future.closingBalanceMinor).and.not.to.equal(0);
  });

  it('of a chain that is not read yet keeps no other read from being answered', async () => {
    let come: () => void = () => undefined;
    const readable = new Promise<void>((resolve) => (come = resolve));
    const ledgerBlocks = {
      height: () => readable.then(() => gateway.network.ledgerBlocks.height()),
      read: (from: number, to: number) => gateway.network.ledgerBlocks.read(from, to),
    };
    const readGate = new ReadGate({ clock: systemClock, maxReads: 1 });
    const other = await aGateway({ ledgerBlocks, readGate });
    try {
      const asked = other.operator.statement({ currency: 'EUR' });
      await until(() => readGate.waiting === 1);
      expect((await fetch(`${other.url}/v1/events`)).status).to.equal(200);
      come();
      expect((await asked).totals).not.to.be.empty;
      expect([readGate.figures.reading, readGate.waiting]).to.deep.equal([0, 0]);
    } finally {
      await other.close();
    }
  });

  it('is CSV for who accepts that, or asks for it', async () => {
    const { lines } = await gateway.operator.statement({ currency: 'EUR', limit: '100' });
    const [accepted, asked] = await Promise.all([
      raw('currency=EUR&limit=1', { Accept: 'text/csv' }),
      raw('currency=EUR&format=csv'),
    ]);
    expect(accepted.headers.get('Content-Type')).to.equal('text/csv; charset=utf-8; header=present');
    expect(accepted.headers.get('Content-Disposition')).to.match(
      /^attachment; filename="statement-OrganizerMSP-EUR.csv"$/,
    );
    expect(accepted.headers.get('Guichet-Through-Block')).to.match(/^\d+$/);
    const text = await accepted.text();
    expect(await asked.text()).to.equal(text);
    expect(await gateway.operator.statementCsv({ currency: 'EUR' })).to.equal(text);
    const [header, ...rest] = text.split('\r\n');
    expect(header).to.match(/^block,index,entry,/);
    expect(rest.slice(0, -1).map((row) => row.split(',').slice(0, 3).map(Number))).to.deep.equal(
      lines.map(({ block, index, entry }) => [block, index, entry]),
    );
  });

  it('is JSON for everybody else', async () => {
    for (const accepted of ['', '*/*', 'application/pdf', 'application/json, text/csv']) {
      const response = await raw('currency=EUR', accepted === '' ? {} : { Accept: accepted });
      expect(response.headers.get('Content-Type')).to.match(/^application\/json/);
      expect(response.headers.get('Vary')).to.match(/\bAccept\b/);
    }
    const response = await raw('currency=EUR&format=json', { Accept: 'text/csv' });
    expect(response.headers.get('Content-Type')).to.match(/^application\/json/);
  });

  it('is described with both forms', async () => {
    const document = (await (await fetch(`${gateway.url}/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: Record<string, { content: object }> }>>;
    };
    const { content } = document.paths['/v1/statements']!.get!.responses['200']!;
    expect(content).to.have.keys('application/json', 'text/csv');
  });

  it('refuses what can’t be', async () => {
    const { operator, anybody } = gateway;
    expect(await codeOf(anybody.statement({ currency: 'EUR' }))).to.equal('UNAUTHENTICATED');
    expect(await codeOf(operator.statement({} as { currency: string }))).to.equal('INVALID_FIELD');
    expect(await codeOf(operator.statement({ currency: 'euro' }))).to.equal('INVALID_FIELD');
    expect(await codeOf(operator.statement({ currency: 'EUR', after: '1.2' }))).to.equal('INVALID_FIELD');
    expect(await codeOf(operator.statement({ currency: 'EUR', from: 'yesterday' }))).to.equal('INVALID_FIELD');
    const backwards = { currency: 'EUR', from: '2027-01-02T00:00:00Z', to: '2027-01-02T00:00:00Z' };
    expect(await codeOf(operator.statement(backwards))).to.equal('INVALID_FIELD');
    expect(await codeOf(operator.statement({ currency: 'EUR', organization: 'NobodyMSP' }))).to.equal(
      'UNKNOWN_ORGANIZATION',
    );
    expect(await codeOf(operator.statement({ currency: 'EUR', through: '100000' }))).to.equal('NOT_FOUND');
    expect(await codeOf(operator.statementCsv({ currency: 'EUR', through: '100000' }))).to.equal('NOT_FOUND');
  });
});
