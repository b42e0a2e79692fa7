/**
 * What is printed beside the formats of a report: two reports side by side, the check of a record, the diagnosis, what a map
 * would read, messages of errors and of the matcher. Nothing in a name is acted on there either.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/cli/describe-error.js';
import { UsageError } from '../../../src/domain/errors.js';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { recordReportSchema } from '../../../src/report/contract/record-schema.js';
import { runReportSchema } from '../../../src/report/contract/schema.js';
import { renderDifferenceAs, type Format } from '../../../src/report/exporters/formats.js';
import { renderDiagnosis } from '../../../src/report/terminal/diagnosis-lines.js';
import { renderExplained } from '../../../src/report/terminal/explained-screen.js';
import { renderRecord } from '../../../src/report/terminal/record-screen.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import { diagnosisView } from '../../../src/report/view/diagnosis-view.js';
import { historyMessage } from '../../../src/report/words/record/history-message.js';
import { checkHistory } from '../../../src/run/check-history.js';
import { between } from '../../gate/difference/difference-fixtures.js';
import { goldenCases } from '../../golden/cases.js';
import { threeModes } from '../../report/fixtures.js';
import { eachHostileText, harmless, hostileText } from './hostile-texts.js';
import { structureOf } from './html-structure.js';
import { poisoned } from './poisoned.js';
import { acted, screenProblem } from './screen-problem.js';

const look = { width: 80, color: true, ascii: false, details: true };
const diagnosed = goldenCases.find(({ name }) => name === 'diagnosed-on-a-server')!.report;

const named = (text: string): RunReport => poisoned(runReportSchema, diagnosed, text);

function difference(format: Format, text: string): Promise<string> {
  const { runs, ...others } = named(text);
  return renderDifferenceAs(format, between(threeModes(), { ...others, runs }), { look });
}

function record(text: string) {
  const history = [3, 1, 2, 2].map((version) => ({ aggregate: 'a', version, topic: 't' }));
  return poisoned(recordReportSchema, checkHistory(history), text);
}

/** Each thing that is printed with a name in it. */
const screens: Readonly<Record<string, (text: string) => string | Promise<string>>> = {
  'two reports': (text) => difference('terminal', text),
  'a record': (text) => renderRecord(record(text), look),
  'a diagnosis': (text) => {
    const report = named(text);
    const views = report.runs.map((row) => diagnosisView({ row, claims: [] }, report));
    return renderDiagnosis(views, { width: 80, theme: createTheme({ color: true, ascii: false }) });
  },
  'what a map would read': (text) =>
    renderExplained(
      {
        source: text,
        lines: [
          { kind: 'record', line: 1, fields: [{ field: 'aggregate', value: text, from: text }] },
          { kind: 'bad', line: 2, problem: text, text },
          { kind: 'other', line: 3, text },
        ],
        proposed: text,
      },
      look,
    ),
  'an error': (text) => describeError(new UsageError(text, text), false).text,
  'a bug': (text) => describeError(new Error(text), false).text,
  'the matcher': (text) => historyMessage(record(text)),
};

describe.each(Object.entries(screens))('%s', (_, render) => {
  it.each(eachHostileText.map((text) => [text]))('shows %j as nothing but a name', async (text) => {
    expect(screenProblem(await render(text))).toBeNull();
  });

  it('shows any mixture of them as nothing but names', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        expect(screenProblem(await render(text))).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});

describe('two reports side by side in other formats', () => {
  it.each(eachHostileText.map((text) => [text]))('take %j for nothing but a name', async (text) => {
    const [page, plain, markdown] = await Promise.all([
      difference('html', text),
      difference('html', harmless),
      difference('markdown', text),
    ]);
    expect(page).not.toMatch(acted);
    expect(structureOf(page).elements).toEqual(structureOf(plain).elements);
    expect(markdown).not.toMatch(acted);
    expect(markdown.split('\n')).toHaveLength((await difference('markdown', harmless)).split('\n').length);
    expect(JSON.parse(await difference('json', text))).toHaveProperty('kind', 'difference');
  });
});
