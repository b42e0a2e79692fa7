/** A table that is sorted by the column whose heading is clicked. */
import type { PageCell, PageTable } from '../src/report/page/page-data.js';
import { element } from './dom.js';
import { sign } from './sign.js';

type Direction = 'ascending' | 'descending';

export function sortableTable(table: PageTable): HTMLElement {
  const { caption } = table;
  const body = element('tbody', {}, ...table.rows.map(rowOf(table)));
  const headings = table.columns.map(({ title, align }) =>
    element('th', { scope: 'col', class: align }, element('button', { type: 'button' }, title)),
  );
  headings.forEach((heading, column) => {
    heading.addEventListener('click', () => {
      const direction: Direction = heading.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', direction);
      body.replaceChildren(...sorted(table, column, direction).map(rowOf(table)));
    });
  });
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element('table', {}, element('caption', {}, caption), element('thead', {}, element('tr', {}, ...headings)), body),
  );
}

function rowOf({ columns }: PageTable): (row: readonly PageCell[]) => HTMLElement {
  return (row) =>
    element(
      'tr',
      {},
      ...row.map((cell, at) => {
        const content = [cell.outcome === undefined ? null : sign(cell.outcome), ' '];
        const marks = cell.marks === undefined ? '' : ` ${cell.marks.join('')}`;
        const attributes = { class: [columns[at]?.align ?? 'left', cell.tone ?? ''].join(' ').trim() };
        return at === 0
          ? element('th', { scope: 'row', ...attributes }, ...content, ...breakable(cell.text), marks)
          : element('td', attributes, ...content, cell.text, marks);
      }),
    );
}

/** A name may be broken behind the signs that join its parts. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=[+/@:,])/).flatMap((part, at) => (at === 0 ? [part] : [element('wbr'), part]));
}

function sorted({ rows }: PageTable, column: number, direction: Direction): (readonly PageCell[])[] {
  const turn = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => turn * compared(a[column]?.text ?? '', b[column]?.text ?? ''));
}

/** Numbers by value, what is not known last, all else by its letters. */
function compared(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x - y;
  if (x === null && y === null) return a.localeCompare(b);
  return x === null ? 1 : -1;
}

function numberOf(text: string): number | null {
  const [, digits] = /^([\d,]+(?:\.\d+)?)/.exec(text) ?? [];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}
