/** Lays findings out: each with its name beside what is said of it, under a title, with a sign where it has a status. */
import type { Finding, Section } from '../view/model/finding.js';
import { renderEntries } from './entry-lines.js';
import { shortened } from './line-wrapping.js';
import { paintOf, signOf, type Paint, type Screen, type Theme } from './theme.js';

/** Sentences are not set wider than can be read. */
export const widestProse = 120;

interface FindingLook extends Screen {
  /** Columns of the widest name that has its text beside it; below wider ones it is indented. */
  readonly widestName: number;
  /** Of names without a status; a name with one is strong. */
  readonly namePaint?: Paint;
}

const widestTitle = 60;

export function renderSection({ title, findings }: Section, look: FindingLook): string[] {
  return [look.theme.strong(look.theme.text(title)), ...renderFindings(findings, look)];
}

export function renderFindings(
  findings: readonly Finding[],
  { width, theme, widestName, namePaint }: FindingLook,
): string[] {
  const entries = findings.map((found) => ({
    name: nameOf(found, theme, namePaint),
    text: theme.text(found.text),
  }));
  return renderEntries(entries, { width, widestName });
}

function nameOf({ status, title }: Finding, theme: Theme, paint: Paint = (name) => name): string {
  if (status === null) return paint(theme.text(title));
  const name = theme.strong(shortened(theme.text(title), widestTitle, theme.ellipsis));
  return `${paintOf(theme, status)(signOf(theme, status))} ${name}`;
}
