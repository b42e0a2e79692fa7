/**
 * Renders reports as one page that opens from disk: no request leaves it. The data stand in it as JSON, and the page's
 * own program, bundled when this project is built, draws them.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { pageOf } from '../page/page-of.js';
import { printable } from '../../text/printable.js';
import type { PageData } from '../page/page-data.js';
import { bundled, escaped, htmlDocument } from './html-document.js';

export async function render(reports: readonly JudgedReport[]): Promise<string> {
  return renderPages(reports.map(pageOf));
}

export async function renderPages(pages: readonly PageData[]): Promise<string> {
  const program = await bundled('page.js');
  return htmlDocument({
    title: pages[0]?.title ?? 'eventbus-bench',
    body: pages.flatMap(({ findings }) => findings.map(plainFinding)).join('\n'),
    scripts: `<script type="application/json" id="data">${jsonInScript(pages)}</script>
<script type="module">${program}</script>
`,
  });
}

/** For a reader without scripts. */
function plainFinding({ outcome, text }: PageData['findings'][number]): string {
  return `<p>${escaped(`${outcome}: ${text}`)}</p>`;
}

/** JSON in which nothing ends the element that it stands in, and no text has a character that a reader's eye would miss. */
function jsonInScript(data: readonly PageData[]): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? printable(value) : value)).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
