/** The document that every page stands in: it opens from disk, and no request leaves it. */
import { readFile } from 'node:fs/promises';
import { printable } from '../../text/printable.js';

/** Nothing is loaded from anywhere. */
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

export interface DocumentParts {
  readonly title: string;
  /** HTML that stands below the title. */
  readonly body: string;
  /** HTML behind all that is shown; the empty text: none. */
  readonly scripts?: string;
}

export async function htmlDocument({ title, body, scripts = '' }: DocumentParts): Promise<string> {
  const style = await bundled('page.css');
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
${body}
</main>
${scripts}</body>
</html>
`;
}

/** The bundle lies in `dist/`, beside what is run from there and from `src/`. */
export function bundled(name: string): Promise<string> {
  return readFile(new URL(`../../../dist/page/${name}`, import.meta.url), 'utf8');
}

export function escaped(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[&<>"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`);
}
