/**
 * Reads the log of kafkajs as data, instead of letting it write to the terminal. Some facts are in its log only: the
 * generation of a group, and why a request is sent again.
 */
import kafkajs from 'kafkajs';
import type { KafkaConfig, LogEntry } from 'kafkajs';

export type ClientLogLevel = 'errors' | 'everything';

/** The same configuration, with a log whose entries go to `onEntry`. */
export function withLog(config: KafkaConfig, level: ClientLogLevel, onEntry: (entry: LogEntry) => void): KafkaConfig {
  const { ERROR, DEBUG } = kafkajs.logLevel;
  return { ...config, logLevel: level === 'errors' ? ERROR : DEBUG, logCreator: () => onEntry };
}

/** Whether the entry says that a connection could not be made or was lost. */
export function saysUnreachable({ level, namespace, log }: LogEntry): boolean {
  if (level !== kafkajs.logLevel.ERROR) return false;
  return namespace === 'Connection' ? !log.message.startsWith('Response ') : log.message.includes('Closed connection');
}

/** The error text of an entry, without the client's own introduction. */
export function reasonIn({ log }: LogEntry): string {
  return log.message.replace(/^Failed to send messages: /, '');
}
