import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findProjectRoot } from '../../../network/data-directory.js';
import { loadOrganization, parseOrganization } from '../../../network/organization-file.js';
import { networkCodeOf } from './network-code-of.js';

const root = findProjectRoot();
const node = { name: 'node0', port: 500 };

describe('description of an organization', () => {
  const agency = loadOrganization(root, 'agency');

  it('is found by name', () => {
    expect(agency).to.include({ name: 'agency', mspId: 'AgencyMSP', chaincodePort: 440 });
    expect(agency.peers).to.deep.equal([{ name: 'peer0', host: '127.0.0.1', port: 410 }]);
  });

  it('is not looked for outside its folder', () => {
    for (const name of ['nobody', '../topology', '', 'agency.json'])
      expect(networkCodeOf(() => loadOrganization(root, name))).to.equal('COMMAND_INVALID');
  });

  describe('in a file of its own', () => {
    const dir = mkdtempSync(join(tmpdir(), 'guichet-organization-'));
    const fileWith = (text: string) => {
      const file = join(dir, 'organization.json');
      writeFileSync(file, text);
      return file;
    };
    after(() => rmSync(dir, { recursive: true }));

    it('is taken', () => {
      expect(loadOrganization(root, 'agency', fileWith(JSON.stringify(agency)))).to.deep.equal(agency);
    });

    it('must be there, be JSON and describe who was named', () => {
      const refused = (name: string, file: string) => networkCodeOf(() => loadOrganization(root, name, file));
      expect(refused('agency', join(dir, 'absent.json'))).to.equal('TOPOLOGY_INVALID');
      expect(refused('agency', fileWith('{'))).to.equal('TOPOLOGY_INVALID');
      expect(refused('promoter', fileWith(JSON.stringify(agency)))).to.equal('TOPOLOGY_INVALID');
    });
  });

  it('brings a peer and no orderers; committee nodes if it likes', () => {
    const refused = (change: object) => networkCodeOf(() => parseOrganization({ ...agency, ...change }));
    expect(refused({})).to.equal('accepted');
    expect(refused({ peers: [] })).to.equal('TOPOLOGY_INVALID');
    expect(refused({ orderers: [node] })).to.equal('TOPOLOGY_INVALID');
    expect(refused({ committeeNodes: [] })).to.equal('accepted');
    expect(refused({ roles: ['king'] })).to.equal('TOPOLOGY_INVALID');
    expect(refused({ motto: '' })).to.equal('TOPOLOGY_INVALID');
  });
});
