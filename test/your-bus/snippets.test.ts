/**
 * Tests that docs/YOUR-BUS.md shows the lines that are compiled and run. Below a comment that names a file, the page
 * has what stands between the marks of that file, without the indent that all of its lines have. UPDATE_GOLDEN=1
 * writes the lines into the page.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = 'docs/YOUR-BUS.md';
const block = /^<!-- (test\/your-bus\/\S+) -->\n```(\w+)\n([\s\S]*?)^```$/gm;

/** Null if the file has no marks. */
function marked(text: string): string | null {
  const lines = /.*docs\/YOUR-BUS\.md: begin\n([\s\S]*?)\s*\n.*docs\/YOUR-BUS\.md: end/.exec(text)?.[1]?.split('\n');
  if (lines === undefined) return null;
  const indent = Math.min(...lines.filter((line) => line !== '').map((line) => /^ */.exec(line)![0].length));
  return lines.map((line) => `${line.slice(indent)}\n`).join('');
}

const files = readdirSync('test/your-bus', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /^\w+\/[\w.]+$/.test(name),
);
const snippets = new Map<string, string>(
  files.flatMap((name) => {
    const lines = marked(readFileSync(`test/your-bus/${name}`, 'utf8'));
    return lines === null ? [] : [[`test/your-bus/${name}`, lines] as const];
  }),
);

if (process.env['UPDATE_GOLDEN'] === '1') {
  const written = readFileSync(page, 'utf8').replace(
    block,
    (_, file: string, language: string) => `<!-- ${file} -->\n\`\`\`${language}\n${snippets.get(file) ?? ''}\`\`\``,
  );
  writeFileSync(page, written);
}

it('is shown on the page, line by line, in each of five languages: the writer, and its lines in a handler', () => {
  const shown = [...readFileSync(page, 'utf8').matchAll(block)].map(([, file, , lines]) => [file!, lines!] as const);
  expect(snippets.size).toBe(10);
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(snippets));
  expect(shown).toHaveLength(snippets.size);
});

it('is found by its marks, without the indent that its lines share', () => {
  expect(marked('a\n  // docs/YOUR-BUS.md: begin\n  b {\n\n    c\n  }\n  // docs/YOUR-BUS.md: end\nd\n')).toBe(
    'b {\n\n  c\n}\n',
  );
  expect(marked('a\n')).toBeNull();
});
