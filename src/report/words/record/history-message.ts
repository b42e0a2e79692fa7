/** Words the failure of an assertion about a history: the verdict, the worst pairs with their places, what is missing. */
import type { RecordExample, RecordFinding, RecordReport } from '../../../domain/record/record-report.js';
import type { RecordCause } from '../../../domain/record/record-cause.js';
import { listed } from '../../../text/lists.js';
import { formatCount, plural } from '../../../text/numbers.js';
import { printable, withoutCommands } from '../../../text/printable.js';
import { sentence } from '../sentence.js';
import { pairsText } from './pairs-text.js';
import { causeText, recordRemedyText, storyTexts } from './record-cause-text.js';
import { recordReasonText } from './record-reason-text.js';
import { furtherFields, originText } from './seen-text.js';

/** How a program says that a history has its end. */
const completeSetting = 'complete: true';
const causesShown = 2;
const reasonsShown = 5;
const aggregatesShown = 3;
const examplesShown = 2;
const furtherShown = 4;

/** Plain text of at most some 20 lines; names from the history are made safe to print. */
export function historyMessage(report: RecordReport): string {
  const { outcome, reasons } = report;
  const said = reasons.slice(0, reasonsShown).map((reason) => sentence(recordReasonText(reason, completeSetting)));
  const head = `expected the history to be ordered by aggregate, but it is ${outcome}:`;
  const rest = outcome === 'violated' ? violatedLines(report) : missingLines(report);
  const lines = [head, ...said.map((one) => `  ${one}`), ...rest];
  return withoutCommands(lines.map(printable).join('\n'));
}

/** The failure of the assertion that a history is not ordered. */
export function orderedMessage({ counts, exposure }: RecordReport): string {
  const pairs = plural(exposure?.atRiskPairs ?? 0, 'pair');
  return `expected the history not to be ordered by aggregate, but it is: 0 of ${pairs} at risk out of order, in ${plural(counts.handled, 'handling')}`;
}

/** The failure of `.not`, where nothing is shown to be out of order. */
export function unprovenMessage({ reasons }: RecordReport): string {
  const why = listed(
    reasons.map((reason) => recordReasonText(reason, completeSetting)),
    'and',
  );
  return `expected the history not to be ordered by aggregate, but no anomaly is in it, and it proves nothing: ${why}`;
}

function violatedLines(report: RecordReport): string[] {
  const { aggregates, aggregatesWithAnomalies, aggregatesTotal, origins, pairs } = report;
  const told = pairs === null ? null : pairsText(pairs);
  const shown = aggregates.slice(0, aggregatesShown);
  const lost = listed(
    origins.map((one) => `${originText(one)} (${formatCount(one.count)})`),
    'and',
  );
  return [
    ...(lost === '' ? [] : [`  Order was lost ${lost}.`]),
    ...(told === null ? [] : [`  Of the late events: ${told}.`]),
    ...report.causes.slice(0, causesShown).flatMap(causeLines),
    ...(shown.length === 0
      ? []
      : [
          '',
          `Worst of the ${formatCount(aggregatesWithAnomalies)} of ${plural(aggregatesTotal, 'aggregate')} with anomalies:`,
        ]),
    ...shown.flatMap(aggregateLines),
  ];
}

/** The cause, what to change, and the story of its worst anomaly. */
function causeLines(cause: RecordCause): string[] {
  const [witness] = cause.witnesses;
  return [
    '',
    `Cause: ${causeText(cause)}`,
    `Fix: ${sentence(recordRemedyText(cause.remedy))}`,
    ...(witness === undefined
      ? []
      : [
          `Its worst anomaly, of ${witness.aggregate}:`,
          ...storyTexts(witness, ({ line }) => `at history[${line - 1}]`).map((text) => `  ${text}`),
        ]),
  ];
}

function aggregateLines(finding: RecordFinding): string[] {
  const { aggregate, topic, regressions, duplicates, lost, overlaps, examples } = finding;
  const counts = [
    ...(regressions > 0 ? [plural(regressions, 'regression')] : []),
    ...(duplicates > 0 ? [plural(duplicates, 'duplicate')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(overlaps > 0 ? [plural(overlaps, 'overlap')] : []),
  ].join(', ');
  return [
    `  ${aggregate}${topic === '-' ? '' : ` (${topic})`}${counts === '' ? '' : `: ${counts}`}`,
    ...examples.slice(0, examplesShown).map((example) => `    ${exampleText(example)}`),
  ];
}

function exampleText({ version, after, line, afterLine, origin }: RecordExample): string {
  const where = origin === null ? '' : `; order was lost ${originText(origin)}`;
  return `version ${version}${placeText(line)} came after version ${after}${placeText(afterLine)}${where}`;
}

/** Lines of the report of a history are its places, from 1. */
function placeText(line: number | null): string {
  return line === null ? '' : ` at history[${line - 1}]`;
}

function missingLines(report: RecordReport): string[] {
  const further = furtherFields(report, completeSetting).slice(0, furtherShown);
  if (further.length === 0) return [];
  return [
    '',
    'What the history lacks, and what it would tell:',
    ...further.map(({ name, tells }) => `  ${name}: ${tells}`),
    "A history of which no more is known passes with { inconclusive: 'allow' }.",
  ];
}
