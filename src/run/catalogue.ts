/** Gathers for the command line what there is to choose from: strategies, modes, hazards and controls. */
import { brokerKinds, traitsOf, type BrokerKind } from '../domain/broker/registry.js';
import { modeRows, type ModeRow } from '../domain/scenario/scenario.js';
import { threatsOn, type Threat } from '../domain/scenario/survival.js';
import { orderText } from '../report/words/advice/promise-text.js';
import { strategies } from '../strategy/registry.js';
import type { Strategy } from '../strategy/strategy.js';

export { threatsListed } from '../report/words/advice/promise-text.js';
export { controls, hazards, type Hazard } from '../diagnosis/hazards.js';
export { modeWirings } from '../subscription/mode-wiring.js';

export interface ListedStrategy extends Pick<Strategy, 'id' | 'summary' | 'costs' | 'guarantee' | 'repairsInput'> {
  /** The order that it promises, in words. */
  readonly promises: string;
  /** The threats through which it keeps that promise, and the others, among those of its brokers. */
  readonly through: readonly Threat[];
  readonly notThrough: readonly Threat[];
  /** Brokers on which it can be run in some mode. */
  readonly brokers: readonly BrokerKind[];
  /** Modes in which it can be run on some broker. */
  readonly modes: readonly ModeRow[];
}

export function listedStrategies(): readonly ListedStrategy[] {
  return strategies.map((strategy) => {
    const { id, summary, costs, guarantee, repairsInput } = strategy;
    const brokers = brokerKinds.filter((kind) => modeRows.some((mode) => canRun(strategy, kind, mode)));
    const modes = modeRows.filter((mode) => brokerKinds.some((kind) => canRun(strategy, kind, mode)));
    const threats = [...new Set(brokers.flatMap(threatsOn))];
    const isThreatened = guarantee.order === 'none' ? [] : threats;
    const through = isThreatened.filter((threat) => guarantee.survives[threat]);
    const notThrough = isThreatened.filter((threat) => !guarantee.survives[threat]);
    const promises = orderText(guarantee.order);
    return { id, summary, promises, through, notThrough, costs, guarantee, repairsInput, brokers, modes };
  });
}

/** With one replica of the service. */
function canRun({ refuses }: Strategy, broker: BrokerKind, mode: ModeRow): boolean {
  return (refuses?.(traitsOf(broker), mode, 1) ?? null) === null;
}
