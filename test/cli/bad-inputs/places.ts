/** Places where a report, a trace or a rendered report cannot go. A run is refused before it begins. */
import type { BadInput } from './bad-input.js';

const small = ['run', '--topics', '1', '--aggregates', '2', '--versions', '2', '--mode', 'single'];
const folder = 'name a folder that is there or can be made';
const traceFile = 'name a file in a folder that is there, such as --trace trace.ndjson';

function reportDir(
  dir: string,
  says: string,
  { files, wayOut = folder }: Pick<Partial<BadInput>, 'files' | 'wayOut'> = {},
): BadInput {
  return { args: [...small, '--report-dir', dir], says, wayOut, ...(files && { files }) };
}

function trace(path: string, says: string, wayOut = traceFile): BadInput {
  return { args: [...small, '--trace', path], files: { taken: 'x' }, says, wayOut };
}

export const badPlaces: readonly BadInput[] = [
  reportDir('', '--report-dir is empty; allowed: a folder', { wayOut: '--report-dir reports' }),
  reportDir('taken', '--report-dir is taken, but', { files: { taken: 'x' } }),
  reportDir('taken/a/b', 'taken is not a folder', { files: { taken: 'x' } }),
  reportDir('link', 'is a link that leads nowhere', { files: { link: { link: '/nowhere/at/all' } } }),
  reportDir('link/a', 'is a link that leads nowhere', { files: { link: { link: '/nowhere/at/all' } } }),
  reportDir('loop', 'it is a link that leads back to itself', { files: { loop: { link: 'loop' } } }),
  reportDir('x'.repeat(300), 'its path is too long'),
  reportDir('/dev/null', '/dev/null is not a folder'),
  reportDir('/dev/null/x', '--report-dir is /dev/null/x, but /dev/null is not a folder'),
  reportDir('r', 'r/latest.json is a folder, where a report should go', {
    files: { 'r/latest.json': null },
    wayOut: 'remove it, or name another folder',
  }),
  trace('', '--trace is empty; allowed: a file'),
  trace('.', '--trace is ., but that is a folder'),
  trace('no/trace', '--trace is no/trace, but there is no folder no'),
  trace('taken/trace', '--trace is taken/trace, but taken is not a folder'),
  {
    args: ['run', 'mine.yaml', '--trace', './mine.yaml'],
    files: { 'mine.yaml': 'topics: 1\n' },
    says: '--trace is ./mine.yaml, but that is the scenario, and the trace would replace it',
    wayOut: traceFile,
  },
  {
    args: ['compare', '--trace', 'no/trace'],
    says: '--trace is no/trace, but there is no folder no',
    wayOut: traceFile,
  },
];

/** In folders that Linux has, and other systems have not. */
export const badPlacesOnLinux: readonly BadInput[] = [
  reportDir('/proc/reports', '/proc cannot be written to: no file can be made there', { wayOut: 'another folder' }),
  trace('/proc/trace', 'the trace /proc/trace cannot be written: no file can be made there', 'name a file'),
  { args: ['run', '/proc/self/mem'], says: '/proc/self/mem cannot be read', wayOut: 'name a file of text' },
  { args: ['check', '/proc/self/mem'], says: 'cannot be read: the device reports an error', wayOut: 'has the record' },
  { args: ['report', '/proc/self/mem'], says: 'cannot be read: the device reports an error', wayOut: 'latest.json' },
];
