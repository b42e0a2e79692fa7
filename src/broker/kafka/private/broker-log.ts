/**
 * Finds out why a broker ended. Its log holds stack traces of many causes; what a person wants is the innermost cause
 * of the last error, in the broker's own words. Both forms of line are read: that of slf4j-simple, which `npm run
 * brokers` brings, and that of log4j in an unpacked Kafka.
 */

const severe = /^(?:\[.*?\] ?)?(?:ERROR|FATAL) |^Exception in thread |^Error: /;
const anyEntry = /^(?:\[.*?\] ?)?(?:ERROR|FATAL|WARN|INFO|DEBUG|TRACE) /;
const wordsMax = 300;

/** Of all that it said. */
export function lastError(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const at = lines.findLastIndex((line) => severe.test(line));
  if (at === -1) return shorten(lines.at(-1) ?? 'it said nothing');
  const end = lines.findIndex((line, i) => i > at && anyEntry.test(line));
  const entry = lines.slice(at, end === -1 ? undefined : end);
  const cause = entry.findLast((line) => line.startsWith('Caused by: '));
  return shorten(cause ?? entry.find((line, i) => i > 0 && /^[\w.$]+(?:Exception|Error)\b/.test(line)) ?? entry[0]!);
}

/** Without level, logger, time and the class of an exception, which say nothing to who does not know the source. */
function shorten(line: string): string {
  const words = line
    .replace(severe, '')
    .replace(/^Caused by: /, '')
    .replace(/^"[^"]*" /, '')
    .replace(/^[\w.$]+ - /, '')
    .replace(/^(?:[\w$]+\.)+[\w$]+(?:Exception|Error): /, '')
    .replace(/ \([\w.$]+\)$/, '')
    .trim();
  return words.length > wordsMax ? `${words.slice(0, wordsMax)}…` : words;
}
