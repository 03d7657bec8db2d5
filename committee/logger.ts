/** A node's log: a line of JSON for each request, and for what nobody waits for. No request's body gets into it, nor what an error has of one. */
import { pino, type DestinationStream, type Logger } from 'pino';
import { ERROR_SERIALIZERS } from './service/log-errors.js';

/** @param destination the standard output, unless given */
export const createLogger = (name: string, level: string, destination?: DestinationStream): Logger =>
  pino({ name, level, serializers: ERROR_SERIALIZERS }, destination);
