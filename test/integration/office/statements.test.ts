/** Statements on the real network: what was sold stands in them at its place on the ledger, and every gateway says the same to the byte. */
import { expect } from 'chai';
import type { StatementResource } from '../../../gateway/client/resources.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { call, send, settled } from '../../support/rest.js';
import { aSale, newKey } from '../../support/statements.js';

const CURRENCY = 'CZK';
/** The tariff of the default topology. */
const FEE = { currency: 'EUR', perCommandMinor: 2 };
const PRICE_MINOR = 2_200;

describe('statements', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let sold: { readonly tx: string; readonly block: number };
  let parties: readonly Party[];

  before(async () => {
    network = await realNetwork();
    parties = [network.organizer, network.reseller, network.venue];
    scene = liveScene({ currency: CURRENCY });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    const { body } = await send(network.reseller, aSale(scene.floor, { seats: ['floor:A:1', 'floor:A:2'] }).command);
    sold = { tx: body.tx, block: body.block! };
    await settled(parties, sold.block);
  });

  const statementOf = ({ mspId, client }: Party, currency = CURRENCY): Promise<StatementResource> =>
    client.statement({ organization: mspId, currency, limit: '100' });

  it('have a sale’s lines, each with block and transaction', async () => {
    const [organizer, reseller, venue] = await Promise.all(parties.map((party) => statementOf(party)));
    const amounts = (statement?: StatementResource) =>
      statement?.lines.map(({ kind, amountMinor }) => [kind, amountMinor]);
    expect(amounts(organizer)).to.deep.equal([['face', 4_000]]);
    expect(amounts(reseller)).to.have.deep.members([
      ['collected', -2 * PRICE_MINOR],
      ['fee', 400],
    ]);
    expect(amounts(venue)).to.be.empty;
    for (const line of [...organizer!.lines, ...reseller!.lines]) {
      expect(line).to.include({ ...sold, event: scene.event.event });
      expect(await network.venue.client.transaction(line.tx)).to.include({ block: line.block, code: 'VALID' });
    }
    const balances = [organizer, reseller, venue].map((statement) => statement!.closingBalanceMinor);
    expect(balances.reduce((sum, balance) => sum + balance, 0)).to.equal(0);
  });

  it('have the operators’ fee, owed by the submitter to the endorsers that were needed', async () => {
    const ofSale = async (party: Party) => {
      const query = { organization: party.mspId, currency: FEE.currency, after: `${sold.block}.0.0`, limit: 100 };
      const { lines } = await network.venue.client.statement({ ...query, through: sold.block });
      return lines.filter(({ tx, kind }) => tx === sold.tx && kind === 'operators-fee');
    };
    const [organizer, reseller, venue] = await Promise.all(parties.map(ofSale));
    const owed = reseller!.filter(({ amountMinor }) => amountMinor < 0);
    const earned = [...organizer!, ...reseller!, ...venue!].filter(({ amountMinor }) => amountMinor > 0);
    expect(owed.map(({ amountMinor }) => amountMinor)).to.deep.equal([-1, -1]);
    expect(earned.map(({ amountMinor }) => amountMinor)).to.deep.equal([1, 1]);
  });

  it('are the same to the byte at every gateway, up to the same block', async () => {
    const { throughBlock } = await statementOf(network.organizer);
    await settled(parties, throughBlock);
    for (const organization of EVERYBODY) {
      for (const currency of [CURRENCY, FEE.currency]) {
        for (const format of ['json', 'csv']) {
          const query = `organization=${organization}&currency=${currency}&through=${throughBlock}&format=${format}`;
          const texts = await Promise.all(
            parties.map(async (party) => (await call(party, 'GET', `/v1/statements?${query}`)).text()),
          );
          expect(texts[0]).not.to.be.empty;
          for (const text of texts) expect(text, query).to.equal(texts[0]);
        }
      }
    }
  });

  it('have no line of a transaction that conflicted', async () => {
    const { reseller } = network;
    const seats = ['floor:B:1'];
    const sales = [newKey(), newKey()].map((buyer) => aSale(scene.floor, { seats, buyer }));
    const [first, second] = await Promise.all(
      sales.map((sale) => reseller.ledger.withhold([sale.command], [reseller.mspId, network.venue.mspId])),
    );
    const done = [await reseller.ledger.submit(first!), await reseller.ledger.submit(second!)];
    expect(done.map(({ code }) => code)).to.deep.equal(['VALID', 'MVCC_READ_CONFLICT']);
    await settled(parties, done[1]!.block);
    const { lines } = await statementOf(network.organizer);
    const fees = await reseller.client.statementCsv({ currency: FEE.currency });
    const [valid, conflicted] = done as [(typeof done)[0], (typeof done)[0]];
    expect(lines.map(({ tx }) => tx))
      .to.include(valid.tx)
      .and.not.to.include(conflicted.tx);
    expect(fees).to.include(valid.tx).and.not.to.include(conflicted.tx);
  });
});
