/**
 * Renders reports as one page that opens from disk: no request leaves it. The data stand in it as JSON, and the page's
 * own program, bundled when this project is built, draws them.
 */
import { readFile } from 'node:fs/promises';
import type { JudgedReport } from '../../domain/report/gate.js';
import { pageOf } from '../page/page-of.js';
import { printable } from '../../text/printable.js';
import type { PageData } from '../page/page-data.js';

/** Nothing is loaded from anywhere. */
export const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

export async function render(reports: readonly JudgedReport[]): Promise<string> {
  return renderPages(reports.map(pageOf));
}

export async function renderPages(pages: readonly PageData[]): Promise<string> {
  const [program, style] = await Promise.all(['page.js', 'page.css'].map(bundled));
  return documentOf(pages, program!, style!);
}

/** The bundle lies in `dist/`, beside what is run from there and from `src/`. */
export function bundled(name: string): Promise<string> {
  return readFile(new URL(`../../../dist/page/${name}`, import.meta.url), 'utf8');
}

function documentOf(pages: readonly PageData[], program: string, style: string): string {
  const title = pages[0]?.title ?? 'eventbus-bench';
  const plain = pages.flatMap(({ findings }) => findings.map(plainFinding)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main id="page">
<h1>${escaped(title)}</h1>
${plain}
</main>
<script type="application/json" id="data">${jsonInScript(pages)}</script>
<script type="module">${program}</script>
</body>
</html>
`;
}

/** For a reader without scripts. */
function plainFinding({ outcome, text }: PageData['findings'][number]): string {
  return `<p>${escaped(`${outcome}: ${text}`)}</p>`;
}

export function escaped(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[&<>"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`);
}

/** JSON in which nothing ends the element that it stands in, and no text has a character that a reader's eye would miss. */
function jsonInScript(data: readonly PageData[]): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value)).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
