/** What container runtimes and log collectors put before a line, or wrap it in, and how it is taken off. */
import { PathNode } from '../ndjson/path-tree.js';

/** What wrote the log that a record is in. */
export const wrappings = ['docker', 'kubernetes', 'journald'] as const;
export type Wrapping = (typeof wrappings)[number];

export interface Stripping {
  /** What stands before the line, as text. Its first group is the mark of a part that goes on in the next line. */
  readonly prefix: RegExp;
  /** The key of a JSON line that has the line; null: lines are not wrapped in JSON. */
  readonly key: string | null;
  /** A wrapped line whose text has no end of line goes on in the next. */
  readonly goesOnWithoutEnd: boolean;
  /** A line of the collector's own. */
  readonly own: RegExp | null;
}

const rfc3339 = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/u.source;

export const strippings: Readonly<Record<Wrapping, Stripping>> = {
  // `docker compose logs`: the service, a bar; with -t, as with `docker logs -t`, a time.
  docker: {
    prefix: new RegExp(`^(?:[\\w.-]+ +\\| ?)?(?:${rfc3339} )?`, 'u'),
    key: 'log',
    goesOnWithoutEnd: true,
    own: null,
  },
  // A node's file (time, stream, F for a whole line or P for a part), or `kubectl logs` with --prefix, --timestamps.
  kubernetes: {
    prefix: new RegExp(
      `^(?:${rfc3339} (?:stdout|stderr) (?:F|(P))(?::[^ ]*)? |(?:\\[pod/[^\\] ]+\\] )?(?:${rfc3339} )?)`,
      'u',
    ),
    key: null,
    goesOnWithoutEnd: false,
    own: null,
  },
  // The time in one of journalctl's short formats, the host, the unit with its process.
  journald: {
    prefix: new RegExp(
      `^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?|${rfc3339}) [^ ]+ [^ \\[:]+(?:\\[\\d+\\])?: `,
      'u',
    ),
    key: 'MESSAGE',
    goesOnWithoutEnd: false,
    own: /^-- .* --\r?$/u,
  },
};

/** By the beginning of a line, what seems to be put around it. @returns null: nothing that is known */
export function wrappingOf(line: string): Wrapping | null {
  if (/^\{"log": ?".*"stream": ?"std(?:out|err)"/su.test(line) || /^[\w.-]+ +\| /u.test(line)) return 'docker';
  if (new RegExp(`^(?:${rfc3339} std(?:out|err) [FP]|\\[pod/)`, 'u').test(line)) return 'kubernetes';
  if (/^\{.*"(?:__CURSOR|_BOOT_ID)":/u.test(line) || strippings.journald.prefix.test(line)) return 'journald';
  return null;
}

/** The tree by which the scanner reads one key of a wrapping into the first field. */
export function keyTree(key: string): PathNode {
  const root = new PathNode();
  root.add([key], 0);
  return root;
}
