import { expect } from 'chai';
import { request } from 'node:http';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayError } from '../../../../gateway/errors.js';
import { SignerClient } from '../../../../gateway/signer/client.js';
import { serveSigner } from '../../../../gateway/signer/server.js';
import { signOne, type SigningKeys } from '../../../../gateway/signer/signing-keys.js';
import { aSalePayload, aSigner, EVENT, signerFiles, type SignerFiles, type TestSigner } from './a-signer.js';

describe("signer's socket", () => {
  let files: SignerFiles;
  let test: TestSigner;
  let socket: string;
  let client: SignerClient;
  let close: () => Promise<void>;
  const errors: unknown[] = [];
  const serve = (keys: SigningKeys) => serveSigner({ keys, socket, onError: (error) => errors.push(error) });

  beforeEach(async () => {
    files = await signerFiles();
    test = await aSigner(files);
    socket = join(files.directory, 'socket');
    close = await serve(test.signer);
    client = new SignerClient({ socket });
  });
  afterEach(async () => {
    client.close();
    await close();
    await test.log.close();
    await files.remove();
  });

  it('creates, lists and signs as the signer itself does', async () => {
    const key = await client.createKey('seller', 'main');
    expect(await client.listKeys()).to.deep.equal([key]);
    const signed = await client.signAll(
      [1, 2].map(() => ({ kid: key.kid, name: 'sale' as const, payload: aSalePayload() })),
    );
    expect(signed).to.have.lengthOf(2);
    expect(signed[0]).to.have.keys('jws', 'digest');
  });

  it('gathers the calls of one moment, and answers each with its own result', async () => {
    const [seller, event] = [await client.createKey('seller', 'main'), await client.createKey('event', EVENT)];
    const results = await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        client.signAll([{ kid: index % 2 === 0 ? seller.kid : event.kid, name: 'sale', payload: aSalePayload() }]),
      ),
    );
    for (const [index, [result]] of results.entries()) {
      expect(result instanceof GatewayError ? result.code : 'signed').to.equal(
        index % 2 === 0 ? 'signed' : 'FORBIDDEN',
      );
    }
  });

  it('passes the domain’s refusal of a payload on', async () => {
    const { kid } = await client.createKey('seller', 'main');
    const [result] = await client.signAll([{ kid, name: 'sale', payload: { ...aSalePayload(), totalMinor: -1 } }]);
    expect(result).to.deep.include({ name: 'Refusal', code: 'INVALID_FIELD' });
    expect(result).to.have.nested.property('details.field', 'payload.totalMinor');
  });

  it('is open to its owner only', async () => {
    expect((await stat(socket)).mode & 0o777).to.equal(0o600);
  });

  it('is SIGNER_UNAVAILABLE when nobody listens', async () => {
    const nobody = new SignerClient({ socket: `${socket}-of-nobody` });
    const error: unknown = await signOne(nobody, { kid: '', name: 'sale', payload: {} }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(GatewayError).with.property('code', 'SIGNER_UNAVAILABLE');
  });

  it('takes over a socket that nobody listens on', async () => {
    await close();
    await writeFile(socket, '');
    close = await serve(test.signer);
    expect(await client.listKeys()).to.be.empty;
  });

  it('does not start twice on one socket', async () => {
    const second = await serve(test.signer).then(
      () => 'started',
      () => 'refused',
    );
    expect(second).to.equal('refused');
  });

  it('says only INTERNAL when the signer itself fails', async () => {
    await close();
    const broken: SigningKeys = {
      createKey: () => Promise.reject(new Error('disk full at /secret/place')),
      listKeys: () => Promise.reject(new Error('disk full at /secret/place')),
      signAll: () => Promise.reject(new Error('disk full at /secret/place')),
    };
    close = await serve(broken);
    const error: unknown = await new SignerClient({ socket }).listKeys().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(GatewayError).with.property('code', 'INTERNAL');
    expect(String(error)).not.to.include('secret');
    expect(errors).not.to.be.empty;
  });

  it('refuses what it does not know and what is no JSON', async () => {
    const status = (method: string, path: string, body: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request({ socketPath: socket, method, path, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        call.once('error', reject);
        call.end(body);
      });
    expect(await status('POST', '/nowhere', '')).to.equal(422);
    expect(await status('POST', '/keys', '{')).to.equal(422);
    expect(await status('POST', '/keys', '{"use":"master","label":"x"}')).to.equal(422);
  });
});
