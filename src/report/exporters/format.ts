/**
 * Describes a report format: what it is, what its files are called, and how it renders reports with their gates as one
 * document.
 */
import type { JudgedReport } from '../../domain/report/gate.js';

/** How the document was asked for. */
export interface Asked {
  /** Whether the reports came as a list, so that JSON stays one even of a single report. */
  readonly list: boolean;
  /** Of the terminal, for the one format that is made for it; the width is in columns. */
  readonly look: { readonly width: number; readonly color: boolean; readonly ascii: boolean };
}

/** @throws {UsageError} if the reports cannot be shown in this format */
export type Render = (reports: readonly JudgedReport[], asked: Asked) => string;

export interface ReportFormat {
  /** What it is, in a clause without a full stop; the help of `report` says it. */
  readonly help: string;
  /** What the name of a file in this format ends with, behind a full stop. */
  readonly ending: string;
  /** The file that renders it, which is loaded when the format is asked for. */
  readonly load: () => Promise<{ readonly render: Render }>;
}
