/** Every Kafka script of test/conformance/kafka, in the order of their names. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseKafkaScript, type KafkaScript } from './kafka-script.js';

const folder = new URL('kafka/', import.meta.url);

export const kafkaScripts: readonly KafkaScript[] = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .map((file) => parseKafkaScript(file.slice(0, -'.txt'.length), readFileSync(new URL(file, folder), 'utf8')));

/** The script's name as a test. */
export function titleOf({ rules, name, sentence }: KafkaScript): string {
  return `rule ${rules.join(', ')}, ${name}: ${sentence}`;
}
