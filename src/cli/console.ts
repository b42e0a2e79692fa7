/**
 * Wraps the output streams of a command, with their width and colour. Standard output carries the result, standard
 * error everything else. If the reader goes away (`| head`, a closed terminal), further output is dropped, and the
 * command goes on.
 */
import { supportsColor, supportsColorStderr } from 'chalk';
import { UsageError } from '../domain/errors.js';
import { printableLines } from '../text/printable.js';
import { systemErrorText } from '../text/system-errors.js';

export interface Console {
  /** Writes to standard output; resolves once the text was written. @throws {UsageError} if it cannot be written */
  out(text: string): Promise<void>;
  /**
   * Writes a message to standard error, wrapped to the width of the terminal, or to COLUMNS if it is none. Lines of the
   * message after the first are indented; anything else in it that a terminal would act on is escaped.
   */
  err(message: string): Promise<void>;
  /** Columns of standard output; COLUMNS, or else 80, if it is no terminal; at least 40. */
  readonly width: number;
  readonly stderr: NodeJS.WriteStream;
  /**
   * Whether standard output is a terminal whose locale has another character set than UTF-8, so that only ASCII is
   * safe.
   */
  readonly ascii: boolean;
  /** @param wanted false if --no-color was given */
  color(stream: 'stdout' | 'stderr', wanted: boolean): boolean;
  /** Whether standard error can show a line that rewrites itself: it is a terminal, and no build log. */
  readonly interactive: boolean;
}

const widthDefault = 80;
const widthMin = 40;

export function createConsole(process: NodeJS.Process): Console {
  const { stdout, stderr, env } = process;
  // Each write returns its error; without a listener the same error would also end the process.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  const detected = { stdout: supportsColor, stderr: supportsColorStderr };
  return {
    out: async (text) => {
      const error = await write(stdout, text);
      if (error === null || isReaderGone(error)) return;
      throw new UsageError(
        `standard output cannot be written to: ${systemErrorText(error)}`,
        'send it elsewhere; run also writes its report to a file',
        { cause: error },
      );
    },
    err: async (message) => {
      const columns = columnsOf(stderr, env);
      await write(stderr, `${await wrapped(printableLines(message), columns)}\n`);
    },
    width: Math.max(widthMin, columnsOf(stdout, env) ?? widthDefault),
    ascii: stdout.isTTY && speaksOtherThanUtf8(env),
    stderr,
    color: (stream, wanted) => wanted && colorByEnvironment(env, detected[stream] !== false),
    interactive: stderr.isTTY && !isSet(env['CI']) && env['TERM'] !== 'dumb',
  };
}

/** FORCE_COLOR wins over NO_COLOR, as in Node.js itself; without either, what was detected. */
export function colorByEnvironment(env: NodeJS.ProcessEnv, detected: boolean): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !isSet(env['NO_COLOR']) && detected;
}

/** Columns of the terminal, or COLUMNS if the stream is none; null: neither is known. */
function columnsOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number | null {
  return (stream.isTTY ? stream.columns : 0) || Number.parseInt(env['COLUMNS'] ?? '', 10) || null;
}

/** The lines of a message, those too wide for a terminal broken between words. Where nothing is known, as they are. */
async function wrapped(message: string, columns: number | null): Promise<string> {
  if (columns === null) return message;
  const { wrapText } = await import('../report/terminal/line-wrapping.js');
  const lines = message.split('\n').flatMap((line) => {
    const [lead = ''] = /^(?:(?:error|note): | *)/.exec(line) ?? [];
    return wrapText(line.slice(lead.length), Math.max(widthMin, columns), lead);
  });
  return lines.join('\n');
}

function speaksOtherThanUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(isSet);
  return locale !== undefined && /\.(?!utf-?8)/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}

/** @returns the error, or null if the text was written */
function write(stream: NodeJS.WriteStream, text: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => stream.write(text, (error) => resolve(error ?? null)));
}

function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'EIO' || code === 'ERR_STREAM_DESTROYED';
}
