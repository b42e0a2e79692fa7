/** Records of each format, drawn at random, with how they are to be read and what an independent reading makes of them. */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { Asked } from '../../../record/fixtures.js';
import type { Taken } from './read-in-pieces.js';
import { slowCsv } from './slow/csv.js';
import { linesOf, slowNdjson, type SlowPlaces } from './slow/ndjson.js';
import { slowStripped, type Wrapping } from './slow/stripped.js';
import { slowText } from './slow/text.js';

export interface DrawnRecord {
  /** It is never damaged; null: there is none. */
  readonly header: string | null;
  /** With their ends. */
  readonly lines: readonly string[];
  readonly asked: Asked & { readonly format: NonNullable<Asked['format']> };
  /** What is made of the content, which has no header. */
  readonly slow: (content: Buffer) => Taken[];
}

export interface DrawnEvent {
  readonly aggregate: string;
  readonly version: string;
  readonly topic: string;
}

const names = ['agg-1', 'agg-2', 'a"b', 'é', '😀', '\ud800', 'x\\y', 'line\nend', 'a,b;c\td', ' a ', 'agg-1 '];
const bases = [1n, 1n, 0n, -3n, 2n ** 53n - 4n, 2n ** 60n, -(2n ** 63n) + 1n];

/** Events of a few aggregates, out of order and twice here and there. */
function drawEvents(prng: Prng, count: number): DrawnEvent[] {
  const own = Array.from({ length: 1 + prng.below(4) }, () => names[prng.below(names.length)]!);
  const base = bases[prng.below(bases.length)]!;
  const next = new Map<string, number>();
  return Array.from({ length: count }, () => {
    const aggregate = own[prng.below(own.length)]!;
    const index = next.get(aggregate) ?? 0;
    next.set(aggregate, index + 1);
    const version = base + BigInt(Math.max(0, index + (prng.float() < 0.3 ? prng.below(5) - 2 : 0)));
    return { aggregate, version: String(version), topic: 't1' };
  });
}

const lineEnd = (prng: Prng): string => (prng.float() < 0.9 ? '\n' : '\r\n');

function shuffled<Item>(items: readonly Item[], prng: Prng): Item[] {
  return items.map((item) => [prng.float(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item); // prettier-ignore
}

/** A JSON string of the text, in which letters are escaped here and there. */
function escaped(text: string, prng: Prng): string {
  if (prng.float() < 0.7) return JSON.stringify(text);
  const letters = text.split('').map((unit) => {
    if (prng.float() < 0.6) return JSON.stringify(unit).slice(1, -1);
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${letters.join('')}"`;
}

const noise = [
  '"msg":"say \\"hi\\" {[,:\\u00e9\\\\"',
  '"payload":{"version":7,"items":[{"aggregate":"no"},null,-1.5e3,true]}',
  '"level":null',
  '"n":-0.5E-7',
  '"":[]',
];

function member(key: string, json: string, prng: Prng): string {
  const space = prng.float() < 0.2 ? ' ' : '';
  return `${escaped(key, prng)}${space}:${space}${json}`;
}

function versionJson(version: string, prng: Prng): string {
  return prng.float() < 0.6 ? version : `"${version}"`;
}

function plainLine({ aggregate, version, topic }: DrawnEvent, prng: Prng): string {
  const members = [
    member('aggregate', escaped(aggregate, prng), prng),
    member('version', versionJson(version, prng), prng),
    member('topic', escaped(topic, prng), prng),
    ...noise.slice(0, prng.below(noise.length)),
  ];
  return `{${shuffled(members, prng).join(',')}}`;
}

const top: SlowPlaces = { aggregate: ['aggregate'], version: ['version'], topic: ['topic'] };

function ndjson(prng: Prng, count: number): DrawnRecord {
  return {
    header: null,
    lines: drawEvents(prng, count).map((event) => plainLine(event, prng) + lineEnd(prng)),
    asked: { format: 'ndjson' },
    slow: (content) => slowNdjson(linesOf(content), top),
  };
}

/** Fields within objects and arrays, under keys with dots, and a constant. */
function mapped(prng: Prng, count: number): DrawnRecord {
  const lines = drawEvents(prng, count).map(({ aggregate, version }) => {
    const seq = `"seq":[0,${versionJson(version, prng)},9]`;
    const members = [member('order.id', escaped(aggregate, prng), prng), seq, '"sub":{"seq":[1,2]}'];
    const data = `"data":{${shuffled(members, prng).join(',')}}`;
    return `{${shuffled([data, ...noise.slice(0, prng.below(3))], prng).join(', ')}}${lineEnd(prng)}`;
  });
  return {
    ...{ header: null, lines },
    asked: { format: 'ndjson', map: `aggregate=.data["order.id"],version=.data.seq[1],topic='orders'` },
    slow: (content) =>
      slowNdjson(linesOf(content), {
        ...{ aggregate: ['data', 'order.id'], version: ['data', 'seq', 1], topic: { constant: 'orders' } },
      }),
  };
}

function csv(prng: Prng, count: number): DrawnRecord {
  const delimiter = [',', ';', '\t'][prng.below(3)]!;
  const columns = shuffled(['aggregate', 'version', 'topic', 'note'], prng);
  const cell = (text: string): string => {
    const mustQuote = /["\n\r]/.test(text) || text.includes(delimiter);
    return mustQuote || prng.float() < 0.3 ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const notes = ['', 'a note', 'of two\nlines', 'with "quotes"', 'and\r\nends, of lines;\there'];
  const lines = drawEvents(prng, count).map((event) => {
    const cells: Readonly<Record<string, string>> = { ...event, note: notes[prng.below(notes.length)]! };
    return columns.map((column) => cell(cells[column]!)).join(delimiter) + lineEnd(prng);
  });
  return {
    ...{ header: `${columns.join(delimiter)}\n`, lines, asked: { format: 'csv' } },
    slow: (content) => slowCsv(content, columns, delimiter),
  };
}

const pattern = String.raw`order="?(?<aggregate>[^ "]+)"? +(?:topic=(?<topic>[a-z0-9]*) )?seq=(?<version>-?[0-9]+)`;

function text(prng: Prng, count: number): DrawnRecord {
  const lines = drawEvents(prng, count).map(({ aggregate, version, topic }) => {
    const name = aggregate.replaceAll(/[\s"]/g, '_');
    return `12:00:0${prng.below(10)} INFO order=${name} topic=${topic} seq=${version} in 3 ms${lineEnd(prng)}`;
  });
  return {
    ...{ header: null, lines, asked: { format: 'text', pattern } },
    slow: (content) => slowText(linesOf(content), pattern),
  };
}

const at = '2026-01-01T00:00:00.123456789Z';

/** What each writes around a line, which may become several. */
const wraps: Readonly<Record<Wrapping, readonly ((line: string, prng: Prng) => string)[]>> = {
  docker: [
    (line) => `${JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: at })}\n`,
    (line, prng) => {
      const half = prng.below(line.length);
      const parts = [line.slice(0, half), `${line.slice(half)}\n`];
      return parts.map((log) => `${JSON.stringify({ log, stream: 'stdout', time: at })}\n`).join('');
    },
    (line) => `web-1  | ${at} ${line}\n`,
  ],
  kubernetes: [
    (line) => `${at} stdout F ${line}\n`,
    (line, prng) => {
      const half = prng.below(line.length);
      return `${at} stdout P ${line.slice(0, half)}\n${at} stdout F ${line.slice(half)}\n`;
    },
    (line) => `[pod/web-1/web] ${at} ${line}\n`,
  ],
  journald: [
    (line) => `Nov 28 03:00:00 host-1 web@1.service[12]: ${line}\n`,
    (line) => `${JSON.stringify({ __CURSOR: 'c', MESSAGE: line })}\n`,
    (line) => `${JSON.stringify({ MESSAGE: [...Buffer.from(line)] })}\n`,
  ],
};

function stripped(wrapping: Wrapping) {
  return (prng: Prng, count: number): DrawnRecord => {
    const lines = drawEvents(prng, count).map((event) => {
      const line = plainLine(event, prng);
      return wraps[wrapping][prng.below(wraps[wrapping].length)]!(line, prng);
    });
    return {
      ...{ header: null, lines, asked: { format: 'ndjson', strip: wrapping } },
      slow: (content) => slowNdjson(slowStripped(linesOf(content), wrapping), top),
    };
  };
}

export const kinds: Readonly<Record<string, (prng: Prng, count: number) => DrawnRecord>> = {
  ...{ ndjson, mapped, csv, text },
  docker: stripped('docker'),
  kubernetes: stripped('kubernetes'),
  journald: stripped('journald'),
};
