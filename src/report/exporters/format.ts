/**
 * Defines the interface of a report format: its help text, the ending of its files, and the function that renders
 * reports with their gates as one document.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import type { ReportDifference } from '../../domain/report/report-difference.js';

/** The options for rendering a document. */
export interface Asked {
  /** Whether the reports came as a list, so that JSON stays a list even of a single report. */
  readonly list: boolean;
  /** How the terminal looks, for the terminal format; the width is in columns. */
  readonly look: {
    readonly width: number;
    readonly color: boolean;
    readonly ascii: boolean;
    /** Everything, not only what fits one screen. */
    readonly details?: boolean;
  };
}

/** @throws {UsageError} if the reports cannot be shown in this format */
export type Render = (reports: readonly JudgedReport[], asked: Asked) => string | Promise<string>;

/** Renders what differs between two reports. */
export type RenderDifference = (difference: ReportDifference, asked: Pick<Asked, 'look'>) => string | Promise<string>;

export interface ReportFormat {
  /** The description in the help of `report`: a clause without a full stop. */
  readonly help: string;
  /** The file name extension, without its full stop. */
  readonly ending: string;
  /** Loads the module that renders the format, when the format is asked for. */
  readonly load: () => Promise<{ readonly render: Render }>;
  /** The same for two reports side by side; absent: the format has no place for them. */
  readonly loadDifference?: () => Promise<{ readonly renderDifference: RenderDifference }>;
}
