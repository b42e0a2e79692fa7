/**
 * Exports the programming interface: a program can resolve a scenario, run it and check a trace, or use the streaming
 * checker alone for a bus that records its own observations.
 */
export { StreamingChecker } from './checker/streaming-checker.js';
export { diagnose, type Diagnosis } from './diagnosis/diagnose.js';
export type { CheckerOptions } from './domain/scenario/checker-options.js';
export type * from './domain/report/gate.js';
export type { Drain } from './domain/drain.js';
export { BrokerError, InternalError, InterruptedError, ToolError, UsageError } from './domain/errors.js';
export type * from './domain/observation.js';
export type * from './domain/run-note.js';
export type { Progress, RunsProgress } from './domain/progress.js';
export type * from './domain/report/run-group.js';
export type * from './domain/report/run-report.js';
export type * from './domain/scenario/disturbance.js';
export type * from './domain/kafka.js';
export type * from './domain/scenario/scenario.js';
export type * from './domain/report/verdict.js';
export type * from './domain/report/claims.js';
export type * from './domain/report/reason.js';
export { judge, type Ending, type Judgement, type JudgeInput } from './judge/judge.js';
export { renderJson } from './report/contract/json.js';
export { renderTerminal } from './report/terminal/terminal.js';
export { checkTrace } from './run/check-trace.js';
export { runScenario, type RunHooks } from './run/run-scenario.js';
export { resolveScenario } from './scenario/resolve.js';
export { strategies } from './strategy/registry.js';
export type { Strategy } from './strategy/strategy.js';
