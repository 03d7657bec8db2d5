/** Which records a message reads and writes decides who conflicts with whom. */
import { expect } from 'chai';
import { prepareCommand } from '../../../../chaincode/domain/batch.js';
import { DEDUP, closedKey, messageKey } from '../../../../chaincode/domain/committee-keys.js';
import type { Message } from '../../../../chaincode/crypto/generation/messages.js';
import { owed } from '../../../../committee/protocol/index.js';
import { aKeyAdvance, aKeyMessage, appointCommittee } from '../../../support/committee.js';
import { KeyGeneration, silentFrom } from '../../../support/key-generation.js';
import { TestLedger } from '../../../support/test-ledger.js';

const footprint = (command: Parameters<typeof prepareCommand>[0]) => {
  const { memory, reads, writes } = prepareCommand(command, 'VenueMSP');
  return { reads: new Set<string>([memory, ...reads, ...writes]), writes: new Set<string>([memory, ...writes]) };
};

describe('messages of one round', () => {
  it('never write what another one reads', () => {
    const ledger = TestLedger.founded();
    const course = new KeyGeneration(ledger, appointCommittee(ledger));
    for (const kind of ['receive', 'commit', 'deal', 'verdict', 'ready'] as const) {
      const due = () =>
        course.nodes.flatMap(({ state, keys }) =>
          owed(state)
            .filter((message): message is Message => message.kind === kind)
            .map((message) => footprint(aKeyMessage(course.name, message, keys.recipient!))),
        );
      while (due().length === 0) course.deliver();
      const all = due();
      expect(all, kind).to.have.lengthOf(4);
      for (const one of all)
        for (const other of all)
          if (one !== other)
            expect(
              [...one.writes].filter((key) => other.reads.has(key)),
              kind,
            ).to.be.empty;
    }
  });

  it('conflict with the end of their round, and the end with them', () => {
    const ledger = TestLedger.founded();
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts: { 4: silentFrom('deal') } });
    course.deliver();
    const [late] = owed(course.nodes[3]!.state) as [Message];
    expect(late.kind).to.equal('deal');
    const message = footprint(aKeyMessage(course.name, late, course.nodes[3]!.keys.dealer!));
    const end = footprint(aKeyAdvance(course.name));
    expect(message.reads.has(closedKey(DEDUP, 1, 'deal'))).to.equal(true);
    expect(end.reads.has(messageKey(DEDUP, 1, { kind: 'deal', index: 4 }))).to.equal(true);
  });
});
