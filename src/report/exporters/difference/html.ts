/** Renders what differs between two reports as one page without scripts, in the style of the page of a report. */
import type { ReportDifference } from '../../../domain/report/report-difference.js';
import { differenceView, type DifferenceView } from '../../view/difference-view.js';
import type { Finding, Section } from '../../view/model/finding.js';
import type { Cell } from '../../view/model/table.js';
import { escaped, htmlDocument } from '../html-document.js';
import { signs } from '../markdown-text.js';

export function renderDifference(difference: ReportDifference): Promise<string> {
  const view = differenceView(difference);
  return htmlDocument({ title: `${view.tool}: ${view.title}`, body: blocksOf(view).join('\n') });
}

function blocksOf({ sides, beforehand, cautions, summary, table, notes, rows, others }: DifferenceView): string[] {
  return [
    listOf(sides),
    ...(beforehand === null ? [] : [sectionOf(beforehand)]),
    ...cautions.map((text) => `<p class="unsure">${escaped(text)}</p>`),
    `<p class="advice">${escaped(summary)}</p>`,
    ...(table === null ? [] : [tableOf(table)]),
    ...notes.map((text) => `<p class="aside">${escaped(text)}</p>`),
    ...rows.map(sectionOf),
    ...(others.length === 0 ? [] : [listOf(others)]),
  ];
}

function sectionOf({ title, findings }: Section): string {
  return `<h2>${escaped(title)}</h2>\n${listOf(findings)}`;
}

function listOf(findings: readonly Finding[]): string {
  const items = findings.map(({ title, text }) => `<li><strong>${escaped(title)}</strong> ${escaped(text)}</li>`);
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

function tableOf({ columns, rows }: NonNullable<DifferenceView['table']>): string {
  const head = columns.map(({ title, align }) => `<th scope="col" class="${align}">${escaped(title)}</th>`);
  const lines = rows.map((row) =>
    columns.map(({ id, align }, at) => {
      const { tone = '' } = row[id];
      const [name, scope] = at === 0 ? ['th', ' scope="row"'] : ['td', ''];
      return `<${name}${scope} class="${`${align} ${tone}`.trim()}">${cellOf(row[id])}</${name}>`;
    }),
  );
  const body = lines.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n');
  return `<div class="scroll" tabindex="0" role="region" aria-label="rows">
<table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body}
</tbody>
</table>
</div>`;
}

function cellOf({ text, status }: Cell): string {
  const sign =
    status === undefined
      ? ''
      : `<span class="sign ${status.outcome}" aria-hidden="true">${signs[status.outcome]}</span> `;
  return `${sign}${escaped(text)}`;
}
