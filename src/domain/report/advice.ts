/**
 * The recommendation of a comparison as data: which candidate to take, and every claim that is made for it, with the
 * numbers that it rests on. `report/words/advice/` puts it into sentences; a property test holds each claim to the
 * numbers of its report (`test/comparison/claims-hold.test.ts`).
 */
import type { Guarantee } from '../scenario/guarantee.js';
import type { Outcome, Scenario } from '../scenario/scenario.js';
import type { Threat } from '../scenario/survival.js';
import type { AdviceKind, Comparison, Ratio95 } from './comparison.js';
import type { ProbeOutcome } from './probe.js';

/** Another candidate, and a figure of it by that of the chosen one, repeat by repeat; null: not known. */
export interface Rival {
  readonly name: string;
  readonly ratio: Ratio95 | null;
}

/** What a candidate is ranked by where it is measured. */
export type Measured = 'speed' | 'p99' | 'p50';

/** One step of the ranking that ruled a candidate out: the candidates before it, and those that it left, by name. */
export type Step = Narrowing &
  (
    | { readonly step: 'fault' }
    /** `level`: the worst outcome under failing handlers among those left; null: not tried. */
    | { readonly step: 'probe'; readonly level: Outcome | null; readonly share: number }
    | { readonly step: 'promise'; readonly orders: readonly Guarantee['order'][] }
    /** `open`: the threats that one of those left does not promise to survive; each leaves `count` open. */
    | { readonly step: 'survival'; readonly open: readonly Threat[]; readonly count: number }
    /**
     * Those ruled out are worse than another one: their interval excludes 1, or they are worse by more than a quarter.
     * `next`: where one is left, the best of those ruled out, with the ratio by which the one left is better; more than
     * 1. `isSure`: of each that was ruled out the interval excludes 1.
     */
    | { readonly step: 'figure'; readonly of: Measured; readonly next: Rival | null; readonly isSure: boolean }
    /** Those before it are alike in the figures named; those left repair nothing and hold nothing back. */
    | { readonly step: 'plain'; readonly alikeIn: readonly Measured[] }
    /** `byP99`: its median p99 is the lowest; else it was named first. */
    | { readonly step: 'first'; readonly alikeIn: readonly Measured[]; readonly byP99: boolean }
  );

interface Narrowing {
  readonly before: readonly string[];
  readonly left: readonly string[];
  /** Runs of the chosen candidate. */
  readonly runs: number;
}

/** A candidate that is clearly faster than the chosen one, and the threats that only the chosen one survives. */
export interface Faster extends Rival {
  readonly ratio: Ratio95;
  readonly lacks: readonly Threat[];
}

/** Why the chosen candidate came first. `held`: candidates that held an order which they promise; `of`: all of them. */
export interface Why {
  readonly held: number;
  readonly of: number;
  readonly steps: readonly Step[];
}

export interface Worth {
  readonly runs: number;
  readonly runsOrdered: number;
  readonly atMost: number | null;
  readonly invertedPairs: number;
  readonly atRiskPairs: number | null;
}

/** How the chosen candidate came out under failing handlers, and which of those that had held did not. */
export interface Probed {
  readonly share: number;
  readonly found: ProbeOutcome | null;
  readonly violated: readonly string[];
}

export interface Cost {
  readonly baseline: string;
  readonly isBaseline: boolean;
  /** Its speed by the baseline's. */
  readonly speed: Ratio95 | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly heldMax: number | null;
  readonly costs: string;
}

export interface Promised {
  readonly order: Guarantee['order'];
  readonly survives: readonly Threat[];
  readonly open: readonly Threat[];
  /** Processes of the service, each with a bus of its own, in this comparison. */
  readonly replicas: number;
}

export interface Instead {
  /** For threats that the chosen one does not survive, the best candidate that promises to. */
  readonly survivors: readonly (Rival & { readonly threats: readonly Threat[] })[];
  /** Threats that no candidate which held order promises to survive; `strategies` that were not compared do. */
  readonly unmet: { readonly threats: readonly Threat[]; readonly strategies: readonly string[] } | null;
  readonly faster: readonly Faster[];
}

/** What a repair is good for: that of the chosen candidate, or one to add to it. */
export interface Besides {
  /** The strategy to add; null: the chosen candidate repairs by itself. */
  readonly add: string | null;
  /** The candidate that has the strategy in the place of the chosen one, where it held order. */
  readonly asWell: Rival | null;
  /** What the chosen candidate's own repair stands behind; null: it repairs nothing. */
  readonly repairs: 'behind a fault' | 'a sound bus' | null;
  readonly bufferDepthMax: number | null;
  /** A bus without the fault can be had by another mode. */
  readonly isShared: boolean;
  readonly gapPolicy: Scenario['gapPolicy'];
}

/** Candidates that held order behind a fault that stays. */
export interface NotAFix {
  readonly names: readonly string[];
  /** Early events held back at once, at most; 0: none. */
  readonly depth: number;
}

export interface Taken {
  readonly candidate: string;
  readonly isProvisional: boolean;
  /** Order was lost before the dispatcher in another candidate on its broker, or another one repairs behind that. */
  readonly removesFault: boolean;
  readonly repairsBehindFault: boolean;
  /** To name beside it: a candidate at least twice as fast, which survives less. */
  readonly instead: Faster | null;
  readonly why: Why;
  readonly worth: Worth;
  /** null: nothing was probed. */
  readonly probe: Probed | null;
  readonly cost: Cost;
  readonly promise: Promised;
  readonly others: Instead;
  readonly besides: Besides | null;
  readonly notAFix: NotAFix | null;
  readonly load: Scenario;
}

/** Nothing is recommended. The names are of candidates, each in one list but for `byDuplicates`. */
export interface NoneTaken {
  readonly candidate: null;
  readonly isProvisional: boolean;
  readonly violated: readonly string[];
  readonly unclear: readonly string[];
  readonly notRun: readonly string[];
  /** They held an order that they do not promise. */
  readonly unpromised: readonly string[];
  /** Of the violated ones, those whose violations are duplicates without exception. */
  readonly byDuplicates: readonly string[];
}

export type Advice = Taken | NoneTaken;

/** A part of the recommendation in words. */
export interface AdvicePart {
  readonly kind: AdviceKind;
  readonly text: string;
}

/** A comparison before its recommendation is put into words. */
export type Compared = Omit<Comparison, 'recommendation'> & { readonly advice: Advice };
