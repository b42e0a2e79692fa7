/**
 * The screen, kept as text: what a person sees for each kind of report, at several widths, plain and in colour, in short and in detail.
 * UPDATE_GOLDEN=1 writes the files anew; look at them before keeping them. In the coloured ones `␛` stands for escape.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { goldenCases, type GoldenCase } from './cases.js';

const looks = [
  { name: '80', width: 80, color: false, details: false },
  { name: '80-color', width: 80, color: true, details: false },
  { name: '40', width: 40, color: false, details: false },
  { name: '120', width: 120, color: false, details: false },
  { name: '200', width: 200, color: false, details: false },
  { name: '80-details', width: 80, color: false, details: true },
  { name: '80-details-color', width: 80, color: true, details: true },
  { name: '160-details', width: 160, color: false, details: true },
] as const;

const update = process.env['UPDATE_GOLDEN'] === '1';

function rendered(golden: GoldenCase, look: (typeof looks)[number]): string {
  const { report, gate = null, ascii = false, reportPath = 'reports/20261122T150405Z-run.json' } = golden;
  const { width, color, details } = look;
  return renderTerminal(report, { width, color, details, gate, ascii, reportPath }).replaceAll('\u001b', '␛');
}

function fileOf(name: string): URL {
  return new URL(`${name}.txt`, import.meta.url);
}

describe('the terminal report', () => {
  const all = goldenCases.flatMap((golden) => looks.map((look) => ({ name: `${golden.name}-${look.name}`, golden, look })));

  it.each(all)('looks for $name as in its file', ({ name, golden, look }) => {
    const text = rendered(golden, look);
    const file = fileOf(name);
    if (update) writeFileSync(file, text);
    expect(existsSync(file), `${name}.txt is missing; UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('has no golden file that nothing is compared with', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.txt'));
    expect(files.sort()).toEqual(all.map(({ name }) => `${name}.txt`).sort());
  });

  it.each(goldenCases)('says the same of $name with colour and without', (golden) => {
    const strip = (text: string): string => text.replaceAll(/␛\[\d+m/g, '');
    for (const look of looks) expect(strip(rendered(golden, { ...look, color: true } as never))).toBe(rendered(golden, { ...look, color: false } as never)); // prettier-ignore
  });
});
