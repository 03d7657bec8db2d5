/** The rules of the event, in words; what may still change in them once somebody has bought, and what may not. */
import type { ParameterName } from '../../../chaincode/domain/policy/parameters.js';
import type { Stage } from '../cast.js';

/** Those that the story comes to. */
const TOLD: readonly ParameterName[] = [
  'capBps',
  'sellerFeeBps',
  'buyerFeeBps',
  'organizerRoyaltyBps',
  'venueBps',
  'mandatoryDisclosure',
  'returnDeadlineSeconds',
  'refundFees',
];

export async function tellRules(stage: Stage): Promise<void> {
  const { narrator, organizer, event } = stage;
  narrator.chapter(
    'The rules',
    "What may be done with a ticket stands in the event's policy. Anybody may have it explained; whoever has bought may rely on it.",
  );
  await quoteRules(stage, 'en', TOLD);
  narrator.says('The first of them in French:');
  await quoteRules(stage, 'fr', ['capBps']);
  const change = (policy: Parameters<typeof organizer.client.changePolicy>[1]['policy']) =>
    organizer.client.changePolicy(event, { version: 2, policy });
  await narrator.refuses(
    'The organizer would let resales cost 110% of the first price: too late, tickets are sold',
    'POLICY_CHANGE_UNFAVOURABLE',
    change({ capBps: 11_000 }),
  );
  await narrator.refuses(
    'It would take returns back only until the day before',
    'POLICY_CHANGE_UNFAVOURABLE',
    change({ returnDeadlineSeconds: 86_400 }),
  );
  await narrator.happens(
    "It takes 5% of a resale instead of 6%: that is in everybody's favour",
    change({ organizerRoyaltyBps: 500 }),
  );
}

async function quoteRules(
  { narrator, organizer, event }: Stage,
  language: 'en' | 'fr',
  parameters: readonly ParameterName[],
): Promise<void> {
  const { text } = await organizer.client.policy(event, { language });
  narrator.quotes(text.filter(({ parameter }) => parameters.includes(parameter)).map(({ sentence }) => sentence));
}
