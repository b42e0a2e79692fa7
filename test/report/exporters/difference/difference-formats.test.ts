/** What differs between two reports in the formats that have a place for it, and what the others say. */
import { describe, expect, it } from 'vitest';
import { formats, renderDifferenceAs, type Format } from '../../../../src/report/exporters/formats.js';
import { between, sampled } from '../../../gate/difference/difference-fixtures.js';
import { row, threeModes, violatedRow } from '../../fixtures.js';

const difference = sampled([violatedRow(), row('single#1')], [row('multi/shared#1'), row('multi/per-topic#1')]);
const look = { width: 80, color: false, ascii: false };
const render = (format: Format): Promise<string> => renderDifferenceAs(format, difference, { look });

describe('two reports side by side', () => {
  it('are shown as terminal, json, html and markdown, and refused by every other format with what is allowed', async () => {
    const able: Format[] = [];
    for (const format of formats) {
      const said = await render(format).catch((error: unknown) => String(error));
      if (said.includes('shows no two reports')) expect(said).toContain('allowed: terminal, json, html or markdown');
      else able.push(format);
    }
    expect(able).toEqual(['terminal', 'json', 'html', 'markdown']);
  });

  it('are the data themselves as JSON', async () => {
    expect(JSON.parse(await render('json'))).toEqual(JSON.parse(JSON.stringify(difference)));
  });

  it('have the table and a section for each row that differs as Markdown', async () => {
    const text = await render('markdown');
    expect(text).toMatch(/^\| multi\/shared \| ✗ violated \| ✓ ordered \| +428 → 0 \| +one run \| one run \|$/m);
    expect(text).toContain('### multi/shared');
    expect(text).toContain('- **Rows only in B**: multi/per-topic');
  });

  it('have the same as a page, without a script', async () => {
    const text = await render('html');
    expect(text).toContain('<th scope="row" class="left">multi/shared</th>');
    expect(text).toContain('<h2>multi/shared</h2>');
    expect(text).not.toContain('<script');
  });

  it('are short where nothing differs', async () => {
    const text = await renderDifferenceAs('markdown', between(threeModes(), threeModes()), { look });
    expect(text).not.toContain('###');
  });
});
