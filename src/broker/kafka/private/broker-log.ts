/**
 * Finds out from its log why a broker ended. The log holds stack traces of many causes; a person wants the innermost
 * cause of the last error, in the broker's own words. Two forms of line are read: that of slf4j-simple, which `npm run
 * brokers` installs, and that of log4j in an unpacked Kafka.
 */

const severe = /^(?:\[.*?\] ?)?(?:ERROR|FATAL) |^Exception in thread |^Error: /;
const anyEntry = /^(?:\[.*?\] ?)?(?:ERROR|FATAL|WARN|INFO|DEBUG|TRACE) /;
const wordsMax = 300;

/** The innermost cause of the last error in the log; the last line if there is no error. */
export function lastError(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const at = lines.findLastIndex((line) => severe.test(line));
  if (at === -1) return shorten(lines.at(-1) ?? 'it said nothing');
  const end = lines.findIndex((line, i) => i > at && anyEntry.test(line));
  const entry = lines.slice(at, end === -1 ? undefined : end);
  const cause = entry.findLast((line) => line.startsWith('Caused by: '));
  return shorten(cause ?? entry.find((line, i) => i > 0 && /^[\w.$]+(?:Exception|Error)\b/.test(line)) ?? entry[0]!);
}

/** Cuts off level, logger, time and the class of an exception, which tell a user nothing, and what is too long. */
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
