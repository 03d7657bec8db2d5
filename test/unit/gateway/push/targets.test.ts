import { expect } from 'chai';
import { networksIn, TargetRefused, Targets, type Address } from '../../../../gateway/push/webhooks/targets.js';
import { poster, type Answer } from '../../../../gateway/push/webhooks/post.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { LOOPBACK, Receiver } from './a-webhook-scene.js';

const at = (address: string): Address => ({ address, family: address.includes(':') ? 6 : 4 });
const named =
  (...addresses: readonly string[]) =>
  () =>
    Promise.resolve(addresses.map(at));

async function faultOf(targets: Targets, url: string): Promise<string> {
  try {
    await targets.resolve(new URL(url));
    return 'none';
  } catch (error) {
    if (error instanceof TargetRefused) return error.fault;
    throw error;
  }
}

const NOT_PUBLIC = [
  ...[
    '127.0.0.1',
    '127.8.9.1',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
  ],
  ...[
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
  ],
  ...['::', '::1', '::ffff:127.0.0.1', '::127.0.0.1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', 'fec0::1'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::', '2001:db8::1', '100::1', '4000::1'],
];

describe('targets of webhooks', () => {
  it('are public addresses', async () => {
    for (const address of ['93.184.216.34', '2606:4700::1111', '::ffff:93.184.216.34'])
      expect(await faultOf(new Targets([], named(address)), 'https://example.com/hook'), address).to.equal('none');
  });

  for (const address of NOT_PUBLIC)
    it(`are not ${address}, named or written out`, async () => {
      expect(await faultOf(new Targets([], named(address)), 'https://example.com/')).to.equal('ADDRESS');
      const host = address.includes(':') ? `[${address}]` : address;
      expect(await faultOf(new Targets([], named()), `https://${host}/`)).to.equal('ADDRESS');
    });

  it('are not loopback in any writing of it', async () => {
    for (const host of [
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '127.1',
      '127.0.0.1.',
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:ffff:127.0.0.1]',
    ])
      expect(await faultOf(new Targets([], named('127.0.0.1')), `https://${host}/`), host).to.equal('ADDRESS');
  });

  it('have no address that is not public among several', async () => {
    expect(await faultOf(new Targets([], named('93.184.216.34', '10.0.0.1')), 'https://example.com/')).to.equal(
      'ADDRESS',
    );
  });

  it('may be in networks that were configured, but http is for loopback alone', async () => {
    const targets = new Targets(networksIn('127.0.0.0/8, ::1/128,10.1.0.0/16'));
    expect(await faultOf(targets, 'http://127.0.0.1:8080/')).to.equal('none');
    expect(await faultOf(targets, 'http://[::1]:8080/')).to.equal('none');
    expect(await faultOf(targets, 'https://10.1.2.3/')).to.equal('none');
    expect(await faultOf(targets, 'http://10.1.2.3/')).to.equal('PLAIN_HTTP');
    expect(await faultOf(targets, 'https://10.2.0.1/')).to.equal('ADDRESS');
    expect(await faultOf(new Targets([], named('93.184.216.34')), 'http://example.com/')).to.equal('PLAIN_HTTP');
    expect(() => networksIn('127.0.0.1')).to.throw();
  });

  it('are URLs without credentials, of names that there are', async () => {
    const targets = new Targets([], named('93.184.216.34'));
    for (const url of ['https://user:secret@example.com/', 'https://example.com/#part', 'ftp://example.com/'])
      expect(await faultOf(targets, url), url).to.equal('URL');
    const nowhere = new Targets([], () => Promise.reject(new Error('ENOTFOUND')));
    expect(await faultOf(nowhere, 'https://example.com/')).to.equal('NAME_NOT_FOUND');
    expect(await faultOf(new Targets([], named()), 'https://example.com/')).to.equal('NAME_NOT_FOUND');
  });

  describe('at a delivery', () => {
    let receiver: Receiver;
    beforeEach(async () => (receiver = await Receiver.open()));
    afterEach(() => receiver.close());
    const post = (targets: Targets): Promise<Answer> => {
      const url = receiver.url.replace('127.0.0.1', 'a-name-that-nobody-has.invalid');
      return poster({ targets, clock: systemClock })(
        { url, headers: { 'webhook-id': 'm' }, body: '{}' },
        new AbortController().signal,
      );
    };

    it('are the address that was checked: the name is asked once', async () => {
      let asked = 0;
      const rebinding = (): Promise<readonly Address[]> =>
        Promise.resolve([at((asked += 1) === 1 ? '127.0.0.1' : '169.254.169.254')]);
      const targets = new Targets(networksIn(LOOPBACK), rebinding);
      expect(await post(targets)).to.deep.equal({ status: 204 });
      expect(asked).to.equal(1);
      expect(receiver.received[0]!.headers.host).to.match(/^a-name-that-nobody-has\.invalid:/);
    });

    it('are checked again: a name that has come to mean another address is not followed', async () => {
      const targets = new Targets([], named('127.0.0.1'));
      expect(await post(targets)).to.deep.equal({ error: 'TARGET_NOT_ALLOWED_ADDRESS' });
      expect(receiver.received).to.be.empty;
    });

    it('are not waited for when the gateway leaves', async () => {
      const targets = new Targets([], () => new Promise(() => undefined));
      const over = new AbortController();
      const answer = poster({ targets, clock: systemClock })(
        { url: 'https://example.com/', headers: {}, body: '' },
        over.signal,
      );
      over.abort();
      expect(await answer).to.deep.equal({ error: 'SHUTTING_DOWN' });
    });
  });
});
