/** Commands: what has become of one whose caller did not wait. */
import { z } from 'zod';
import { commandPath, commandStateSchema } from '../command-states.js';
import { ok, operation } from '../operation.js';

export const commandOperations = [
  operation({
    id: 'getCommand',
    method: 'GET',
    path: '/v1/commands/{command}',
    tag: 'commands',
    summary: 'What has become of a command that was answered with 202; after a crash the ledger still knows it',
    params: z.strictObject({ command: commandPath }),
    tagged: 'body',
    responses: { 200: { description: 'its state', schema: commandStateSchema } },
    async handle({ params: { command } }, { commandStates }) {
      return ok(await commandStates.read(command));
    },
  }),
];
