/** What is in the file that was named? Its text, or with `-` what standard input holds. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../domain/errors.js';

/** How messages name what `path` stands for. */
export function nameOfInput(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/** @throws {UsageError} if it cannot be read, or is empty */
export async function readReportText(path: string): Promise<string> {
  const content = path === '-' ? await text(process.stdin) : await readFileText(path);
  if (content.trim() !== '') return content;
  throw new UsageError(
    `${nameOfInput(path)} is empty`,
    'give a report that `eventbus-bench run` wrote, for example reports/latest.json',
  );
}

async function readFileText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (error as Error).message;
    throw new UsageError(
      `the report ${path} cannot be read: ${why}`,
      'give a report that `eventbus-bench run` wrote, for example reports/latest.json, or - for standard input',
      { cause: error },
    );
  }
}
