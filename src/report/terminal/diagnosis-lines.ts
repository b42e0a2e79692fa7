/** Lays out the diagnosis of a run: a block for each row, and in it one for each cause. */
import { withoutCommands } from '../../text/printable.js';
import type { CauseView, DiagnosisView } from '../view/diagnosis-view.js';
import { wrapCommand } from './command-lines.js';
import { wrapText } from './line-wrapping.js';
import type { Screen } from './theme.js';
import { renderWitnesses } from './witness-lines.js';

export function renderDiagnosis(rows: readonly DiagnosisView[], screen: Screen): string {
  return withoutCommands(`${rows.map((row) => renderRow(row, screen).join('\n')).join('\n\n')}\n`);
}

function renderRow({ outcome, title, causes, notes, claims }: DiagnosisView, { width, theme }: Screen): string[] {
  const say = (text: string, first: string, rest?: number): string[] => wrapText(theme.text(text), width, first, rest);
  return [
    ...say(title, `${theme.signs[outcome]} `),
    ...causes.flatMap((cause) => ['', ...renderCause(cause, { width, theme })]),
    ...(causes.length > 0 && notes.length > 0 ? [''] : []),
    ...notes.flatMap((note) => say(note, '  ')),
    ...(claims.length === 0 ? [] : ['']),
    ...claims.flatMap((claim) => say(claim, '  ', 4)),
  ];
}

const labelWidth = 8;

function renderCause({ title, text, parts, command, page, witnesses }: CauseView, { width, theme }: Screen): string[] {
  const label = (name: string): string => `    ${theme.strong(name.padEnd(labelWidth))}  `;
  const below = ' '.repeat(4 + labelWidth + 2);
  return [
    ...wrapText(theme.text(text), width, `  ${theme.strong(theme.text(title))}  `, 4),
    ...parts.flatMap((part) =>
      part.texts.flatMap((one, at) => wrapText(theme.text(one), width, at === 0 ? label(part.label) : below)),
    ),
    ...(command === null ? [] : wrapCommand(theme.text(command), width, label('Try'))),
    ...wrapText(theme.text(page), width, label('More')),
    ...renderWitnesses(witnesses, { width, theme }).flatMap((lines) => ['', ...lines]),
  ];
}
