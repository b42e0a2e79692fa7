/** What a diagnosis may look at: what was observed of a run, never how it was configured. */
import type { Verdict } from './verdict.js';

export type ObservedRun = Pick<Verdict, 'counts' | 'exposure' | 'signatures' | 'evidence' | 'atWork'>;
