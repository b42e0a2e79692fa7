/** Witnesses in a terminal: a line for each delivery at each stage, nothing cut, and no wider than the terminal. */
import { expect, it } from 'vitest';
import { witnessLines } from '../../../src/report/words/witness-text.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import { renderWitnesses } from '../../../src/report/terminal/witness-lines.js';
import { cameAgain } from '../witness-fixtures.js';

const theme = createTheme({ color: false, ascii: false });
const view = { title: 'Witness of nak-behind-batch in single', lines: witnessLines(cameAgain, false) };

it('puts each delivery on a line of its own, beside the name of the stage', () => {
  const [lines] = renderWitnesses([view], { width: 80, theme });
  expect(lines).toContain('  start    v2 in lane 12 at 15.0 ms (#130)');
  expect(lines).toContain('           v3 in lane 12 at 18.7 ms (#140)');
});

it.each([40, 60, 80, 200])('cuts nothing at %i columns, and is no wider', (width) => {
  const blocks = renderWitnesses([view], { width, theme });
  const lines = blocks.flat();
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  const text = lines.join(' ').replace(/\s+/g, ' ');
  for (const clause of view.lines.flatMap(({ clauses }) => clauses)) expect(text).toContain(clause);
});

it('shows six of many, and says how many more there are', () => {
  const blocks = renderWitnesses(
    Array.from({ length: 9 }, () => view),
    { width: 80, theme },
  );
  expect(blocks).toHaveLength(7);
  expect(blocks.at(-1)).toEqual(['The witnesses of 3 more causes are in the report.']);
});
