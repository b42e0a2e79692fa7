/**
 * Whatever names, topics, messages and labels a report has, none of them does harm in any format: a document has the
 * same structure as with harmless names, and nothing in it is acted on.
 */
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { GateSummary, JudgedReport } from '../../../src/domain/report/gate.js';
import { runReportSchema } from '../../../src/report/contract/schema.js';
import { formats, renderAs, reportFormats, type Format } from '../../../src/report/exporters/formats.js';
import { goldenCases } from '../../golden/cases.js';
import { crossed, timelines } from '../../report/exporters/timelines-fixture.js';
import { parseXml, type XmlElement } from '../../report/xml.js';
import { csvCells } from './csv-cells.js';
import { eachHostileText, harmless, hostileText } from './hostile-texts.js';
import { structureOf } from './html-structure.js';
import { poisoned } from './poisoned.js';
import { acted, screenProblem } from './screen-problem.js';

const look = { width: 80, color: true, ascii: false, details: true };

/** With timelines, which some formats are made of. */
const bases = goldenCases
  .filter(({ report }) => report.runs.length > 0)
  .map(({ report, ...others }) => ({
    ...others,
    report: { ...report, runs: report.runs.map((row) => ({ ...row, timelines: timelines(crossed) })) },
  }));

/** Data for programs, which keep names as they are but for what JSON escapes; on a terminal, colours. */
const asTheyAre: readonly Format[] = ['terminal', 'json', 'perfetto', 'otlp'];

function judgedBy({ report, gate }: (typeof bases)[number], text: string): JudgedReport {
  const named = (found: GateSummary['findings'][number]): GateSummary['findings'][number] => ({
    ...found,
    rowId: found.rowId === null ? null : idOf(text + found.rowId),
    text: text + found.text,
  });
  const given = poisoned(runReportSchema, report, text);
  return {
    report: { ...given, runs: given.runs.map((row) => ({ ...row, id: idOf(row.id) })) },
    gate: gate === undefined ? null : { ...gate, findings: gate.findings.map(named) },
  };
}

/** In the id of a row, @ begins the point of a sweep. */
function idOf(text: string): string {
  return text.replaceAll('@', 'a');
}

/** What a format must keep of its structure whatever the names are; a check throws, or returns what is compared. */
type Check = (text: string) => unknown;

const checks: Readonly<Partial<Record<Format, Check>>> = {
  terminal: (text) => screenProblem(text),
  html: (text) => structureOf(text).elements,
  junit: (text) => xmlStructure(parseXml(text)),
  github: (text) =>
    text
      .trimEnd()
      .split(/[\r\n]/)
      .map((line) => /^::(error|warning|notice) title=[^:,]*::/.exec(line)?.[1] ?? `no command: ${line}`),
  markdown: (text) => {
    expect(withoutCode(text)).not.toMatch(/(?<!\\)(?:\\\\)*[@$]/);
    expect(withoutCode(text)).not.toMatch(/(?<![\\#])(?:\\\\)*#\d/);
    const extensions = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true };
    const { elements } = structureOf(micromark(text, extensions));
    expect(elements.filter((name) => /^(?:a|img|script|input)\[/.test(name))).toEqual([]);
    return elements;
  },
  csv: (text) => {
    const records = csvCells(text);
    for (const cell of records.flat()) if (Number.isNaN(Number(cell))) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    return records.map(({ length }) => length);
  },
  hdr: (text) => text.split('\n').map((line) => (line.startsWith('#') ? '#' : line.split(',').length)),
};

/** Of a format without a check of its own: JSON parses; other text has as many lines. */
function usual(format: Format): Check {
  return reportFormats[format].ending.endsWith('json')
    ? (text) => typeof JSON.parse(text)
    : (text) => text.split('\n').length;
}

function xmlStructure({ name, attributes, children }: XmlElement): unknown {
  return [name, Object.keys(attributes), children.map(xmlStructure)];
}

function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})(?:sh|text)\n[^]*?\n\1$/gm, '');
}

async function examine(format: Format, base: (typeof bases)[number], text: string): Promise<void> {
  const render = (name: string): Promise<string> =>
    renderAs(format, { reports: [judgedBy(base, name)], list: false, look });
  const check = checks[format] ?? usual(format);
  const document = await render(text);
  if (!asTheyAre.includes(format)) expect(document.replaceAll('\r\n', '\n')).not.toMatch(acted);
  expect(document).not.toMatch(/\p{Cs}/u);
  expect(check(document)).toEqual(check(await render(harmless)));
}

describe.each(formats)('the format %s', (format) => {
  it.each(eachHostileText.map((text) => [text]))('takes %j for nothing but a name', async (text) => {
    await examine(
      format,
      bases.find(({ name }) => name === 'diagnosed-on-a-server')!,
      text,
    );
  });

  it('takes a name of 10 kB for nothing but a name', async () => {
    await examine(
      format,
      bases.find(({ name }) => name === 'diagnosed-on-a-server')!,
      `<b>${'x'.repeat(10_000)}`,
    );
  });

  it('takes any mixture of them for nothing but names, in any report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bases), hostileText, (base, text) => examine(format, base, text)),
      { numRuns: 40 },
    );
  });
});
