/**
 * Makes the table of what each candidate promises: which order it keeps, and through which threats. A threat that
 * cannot occur on the candidate's broker is a dash; one that can occur on no broker of the comparison has no column.
 */
import type { Candidate } from '../../../domain/report/comparison.js';
import { threatsOn, type Threat } from '../../../domain/scenario/survival.js';
import { unknownMark } from '../../../text/numbers.js';
import type { Cell, Column, Row, Table } from '../model/table.js';

export type PromiseColumn = 'promises' | 'orderOf' | Threat;

export const promiseNote =
  'first deliveries: the order of each aggregate, as long as nothing is delivered again; yes, no: whether it promises to keep its order through this';

const orders = {
  total: 'all events',
  'per-aggregate': 'each aggregate',
  'per-aggregate, first pass': 'first deliveries',
  'per-partition': 'each partition',
  none: 'nothing',
} as const satisfies Record<Candidate['guarantee']['order'], string>;

export function promiseTable(candidates: readonly Candidate[]): Table<PromiseColumn> {
  const onKafka = candidates.find(({ broker }) => threatsOn(broker).includes('rebalance'));
  const threats = threatsOn((onKafka ?? candidates[0])?.broker ?? '');
  const left = (id: PromiseColumn, title: string): Column<PromiseColumn> => ({ id, title, align: 'left' });
  return {
    columns: [
      left('promises', 'promises'),
      left('orderOf', 'order of'),
      ...threats.map((threat) => left(threat, threat)),
    ],
    rows: candidates.map(cellsOf),
  };
}

function cellsOf(one: Candidate): Row<PromiseColumn> {
  const answer = (threat: Threat): Cell => answerOf(one, threat);
  return {
    promises: { text: one.name },
    orderOf: { text: orders[one.guarantee.order] },
    redelivery: answer('redelivery'),
    crash: answer('crash'),
    resize: answer('resize'),
    rebalance: answer('rebalance'),
    partitions: answer('partitions'),
  };
}

function answerOf({ broker, guarantee: { order, survives } }: Candidate, threat: Threat): Cell {
  if (order === 'none' || !threatsOn(broker).includes(threat)) return { text: unknownMark, tone: 'aside' };
  return survives[threat] ? { text: 'yes', tone: 'good' } : { text: 'no', tone: 'unsure' };
}
