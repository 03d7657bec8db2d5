/**
 * Nothing personal anywhere: after the suites beside this one every file of the network, every block and record, and every answer is searched for everything
 * that passports, wallets and nodes keep to themselves. The same search finds what is there: planted values in every form, and pseudonyms where they belong.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha256 } from '../../../../chaincode/crypto/jwk.js';
import type { Block } from '../../../../gateway/fabric/blocks.js';
import { filesBelow, lookThrough } from '../../../support/live-files.js';
import { blockOfFirst, keyMade, LivePerson, livePeople } from '../../../support/live-people.js';
import { liveScene } from '../../../support/live-scene.js';
import { EVERYBODY, realNetwork, type RealNetwork } from '../../../support/real-network.js';
import { recordedExchanges, recordHttp } from '../../../support/recorded-http.js';
import { EVENT_POLICY } from '../../../support/statements.js';
import { blocksFrom } from './pooled-view/views.js';
import { formsOf, type Secret } from './traces/forms.js';
import { Search } from './traces/search.js';
import { handleValuesOf, secretsOf, secretsOfNodes, unblindedIn } from './traces/secrets.js';

describe('traces of people', () => {
  recordHttp();
  let network: RealNetwork;
  let somebody: LivePerson;
  let event: string;
  let search: Search;
  let blocks: readonly Block[];
  let secrets: readonly Secret[];
  let handleValues: readonly Secret[];

  const files = () => filesBelow(network.plan.directory.root);
  /** Where it was found, and what; never the value. */
  const findingsIn = (by: Search, places: readonly (readonly [place: string, content: Buffer | string])[]) =>
    places.flatMap(([place, content]) => by.in(content).map(({ what, form }) => `${what} (${form}) in ${place}`));
  const inFiles = (by: Search, which: (file: string) => boolean = () => true) =>
    lookThrough(
      () => files().filter(which),
      (file, content) => findingsIn(by, [[file, content]]),
    );
  const inBlocks = (by: Search) => findingsIn(by, blocks.flatMap(textsOf));
  const inAnswers = (by: Search, ofWhich: (url: string) => boolean = () => true) =>
    findingsIn(
      by,
      recordedExchanges()
        .filter(({ url }) => ofWhich(url))
        .map(({ url, response }) => [url, response] as const),
    );

  before(async () => {
    network = await realNetwork();
    const scene = liveScene({ policy: { ...EVENT_POLICY, credentialRequired: true } });
    ({ event } = scene.event);
    await network.organizer.ledger.accept([scene.event.command], EVERYBODY);
    await keyMade(network, event);
    somebody = await LivePerson.with({ network, attestor: network.reseller, gateway: network.venue });
    await somebody.register(2);
    await somebody.goTo(event);
    blocks = await blocksFrom(network, blockOfFirst());
    secrets = [
      ...livePeople().flatMap(secretsOf),
      ...unblindedIn(recordedExchanges()),
      ...(await secretsOfNodes(network)),
    ];
    handleValues = livePeople().flatMap(handleValuesOf);
    search = new Search([...secrets, ...handleValues]);
  });

  it('are looked for', () => {
    const kinds = new Set(secrets.map(({ what }) => what.replace(/ of .*/, '')));
    expect([...kinds]).to.include.members(['identity', 'number', 'surname', 'zone', 'private key', 'blinding', 'salt']);
    expect([...kinds]).to.include.members(['an unblinded element', 'signing key', 'share']);
    expect(secrets.filter(({ what }) => what.startsWith('share of'))).to.have.length.of.at.least(8);
  });

  it('would be found in a file, in every form', () => {
    const decoys: readonly Secret[] = [
      { what: 'text', value: 'P<UTODECOY<<PLANTED\nX1+/y' },
      { what: 'bytes', value: Buffer.from('fbeffbeffbeffbeffbef00112233445566778899aabbccddeeff001122334455', 'hex') },
    ];
    for (const decoy of decoys)
      for (const [form, text] of formsOf(decoy)) {
        const planted = join(network.plan.directory.logsDir, 'planted.log');
        writeFileSync(planted, Buffer.from(`{"msg":"${text}"}`, 'latin1'));
        const found = inFiles(new Search([decoy]), (file) => file === planted);
        rmSync(planted);
        expect(found, form).to.include(`${decoy.what} (${form}) in ${planted}`);
      }
  });

  it('would be found in a statement, wherever they stand in it', () => {
    const decoy = { what: 'name', value: 'PLANTEDNAME' };
    for (const before of ['', 'a', 'ab']) {
      const payload = Buffer.from(JSON.stringify({ [`x${before}`]: decoy.value })).toString('base64url');
      expect(findingsIn(new Search([decoy]), [['it', `e30.${payload}.AAAA`]])).not.to.have.length(0);
    }
  });

  it("would be found where pseudonyms are: in the blocks of every peer, in records, in answers, and a handle's digest in the nodes' bindings", () => {
    const { store } = somebody.services;
    const credential = { what: 'C', value: Buffer.from(somebody.keyAt(event).credential!, 'base64url') };
    const person = { what: 'D', value: Buffer.from(store.state.person.subject!, 'base64url') };
    const by = new Search([credential, person]);
    const blockFiles = files().filter((file) => /\/blockfile_\d+$/.test(file));
    const holding = blockFiles.filter((file) => new Set(by.in(readFileSync(file)).map(({ what }) => what)).size === 2);
    for (const { name } of network.plan.peers)
      expect(
        holding.some((file) => file.includes(`/${name}/`)),
        name,
      ).to.equal(true);
    for (const found of [inBlocks(by), inAnswers(by)])
      for (const what of ['C', 'D']) expect(found.some((each) => each.startsWith(what))).to.equal(true);
    const used = store.state.blinded.find((each) => each.event === event)!;
    const digest = new Search([{ what: 'B', value: Buffer.from(sha256(used.blinded), 'base64url') }]);
    const bindings = inFiles(digest, (file) => file.includes('/bindings/'));
    // Not in that of the attestor's own organization.
    expect(new Set(bindings.map((each) => each.slice(each.indexOf(' in ')))).size).to.equal(
      network.plan.committeeNodes.length - 1,
    );
  });

  it('are in no file: no log, no state, no block', () => {
    expect(inFiles(search)).to.deep.equal([]);
  });

  it('are on no block and in no record, taken apart', () => {
    expect(inBlocks(search)).to.deep.equal([]);
  });

  it('are in no answer of anybody', () => {
    expect(inAnswers(new Search(secrets))).to.deep.equal([]);
  });

  it('are in no answer but of the desk and the nodes, as far as they belong to handles', () => {
    const nodes = network.plan.committeeNodes.map(({ host, port }) => `http://${host}:${port}/`);
    const belongs = (url: string) => url.endsWith('/v1/attestations') || nodes.some((node) => url.startsWith(node));
    const by = new Search(handleValues);
    expect(inAnswers(by, belongs)).not.to.have.length(0);
    expect(inAnswers(by, (url) => !belongs(url))).to.deep.equal([]);
  });
});

/** What a transaction says, answers, writes and announces, with all statements in it opened. */
function textsOf({ number, transactions }: Block): readonly (readonly [string, string])[] {
  return transactions.flatMap(({ call }) => {
    if (!call) return [];
    const written = call.writes.map(({ key, value }) => `${key} ${Buffer.from(value).toString('utf8')}`);
    const said = [...call.arguments, call.response, JSON.stringify(call.event ?? ''), ...written];
    const opened = said.flatMap((text) =>
      [...text.matchAll(/[\w-]+\.([\w-]+)\.[\w-]+/g)].map(([, payload = '']) =>
        Buffer.from(payload, 'base64url').toString('utf8'),
      ),
    );
    return [...said, ...opened].map((text) => [`block ${number}`, text] as const);
  });
}
