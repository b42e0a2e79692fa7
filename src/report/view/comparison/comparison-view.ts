/**
 * Makes the view of a comparison: the table of candidates, how each came out, what each promises and costs, and the
 * recommendation.
 */
import type { Candidate, Comparison } from '../../../domain/report/comparison.js';
import { claimsOf } from '../../words/candidate-text.js';
import { briefCandidateNotes, candidateLegend, candidateNotes } from './candidate-notes.js';
import { candidateTable, type CandidateColumn } from './candidates-view.js';
import { statusOf } from '../model/figures.js';
import type { Section } from '../model/finding.js';
import type { Clock, Note } from '../model/note.js';
import { promiseNote, promiseTable, type PromiseColumn } from './promises-view.js';
import { recommendationView, type RecommendationView } from './recommendation-view.js';
import type { Table } from '../model/table.js';

export interface ComparisonView {
  readonly table: Table<CandidateColumn>;
  /** Notes that explain the figures of this table. */
  readonly notes: readonly Note[];
  /** The notes that the table cannot do without. */
  readonly brief: readonly Note[];
  /** Explains the figures of any such table, in a few sentences. */
  readonly legend: string;
  /** How each candidate came out, what it promises and what it costs. */
  readonly claims: Section;
  readonly promises: Table<PromiseColumn>;
  readonly promiseNote: string;
  /** One finding for each strategy. */
  readonly costs: Section;
  readonly recommendation: RecommendationView;
}

export function comparisonView(comparison: Comparison, clock: Clock): ComparisonView {
  const { candidates, recommendation } = comparison;
  return {
    table: candidateTable(comparison, clock),
    notes: candidateNotes(comparison, clock),
    brief: briefCandidateNotes(comparison, clock),
    legend: candidateLegend,
    claims: claimsSection(candidates),
    promises: promiseTable(candidates),
    promiseNote,
    costs: costsSection(candidates),
    recommendation: recommendationView(recommendation),
  };
}

function claimsSection(candidates: readonly Candidate[]): Section {
  return {
    title: 'What each found, promises and costs',
    findings: candidates.map((one) => ({ status: statusOf(one.outcome), title: one.name, text: claimsOf(one) })),
  };
}

/** In the order of the candidates, each strategy once. */
function costsSection(candidates: readonly Candidate[]): Section {
  const costs = new Map(candidates.map(({ strategy, costs: text }) => [strategy, text]));
  return {
    title: 'What each strategy costs, and where it fails',
    findings: [...costs].map(([title, text]) => ({ status: null, title, text })),
  };
}
