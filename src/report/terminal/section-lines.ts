/** Lays out findings under a title: each with its name, its text beside it, and a sign if it has a status. */
import type { Finding, Section } from '../view/model/finding.js';
import { renderEntries } from './entry-lines.js';
import { shortened } from './line-wrapping.js';
import { paintOf, signOf, type Paint, type Screen, type Theme } from './theme.js';

/** The most columns that sentences take, so that they stay readable. */
export const widestProse = 120;

interface FindingLook extends Screen {
  /** The most columns of a name that has its text beside it; below a wider name the text is indented. */
  readonly widestName: number;
  /** The paint of names without a status; a name with a status is always strong. */
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
