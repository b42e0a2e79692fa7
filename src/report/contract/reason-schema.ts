/**
 * Describes the shape of a reason in a report: one object for each kind, with the numbers of that kind. A stored report
 * has the reason in words too; these are ignored when it is read, because the data says the same.
 */
import { z } from 'zod';
import { latentKinds, type Ordeal, type Reason } from '../../domain/report/reason.js';
import { anomalyKinds } from '../../domain/scenario/scenario.js';
import { amount } from './schema-values.js';

const ordeals = [
  ...(['join', 'leave', 'stall', 'pause', 'crash', 'workers', 'partitions', 'restart', 'refuse'] as const),
  'handler-fail',
] as const satisfies readonly Ordeal[];

type Latent = (typeof latentKinds)[number];

const latentNumbers = {
  'shared-source': ['inFlightPairs', 'splitPairs', 'sharedAggregates'],
  'several-sources': ['sources'],
  'no-order-claimed': [],
  'not-survived': ['redelivery', 'crash', 'resize', 'rebalance', 'partitions'],
  'several-publishers': ['acrossPublishers', 'withinPublisher'],
  'no-key': ['partitions'],
  overflow: [],
  'unsafe-publish': [],
  'crash-replay': [],
  'gives-up': ['maxDeliver', 'mostDeliveries'],
  'near-timeout': ['timeoutMs', 'longestMs', 'boundMs'],
} as const satisfies Record<Latent, readonly string[]>;

const plainNumbers = {
  'not-run': [],
  interrupted: [],
  'broker-lost': [],
  truncated: [],
  'drain-incomplete': ['unseen'],
  'open-gaps': ['gaps'],
  'too-few-at-risk': ['atRiskPairs', 'wanted', 'contestedPairs', 'pairs'],
  told: [],
} as const satisfies Partial<Record<Reason['kind'], readonly string[]>>;

function variant(kind: Reason['kind'], of: z.ZodType, numbers: readonly string[]) {
  return z.object({
    kind: z.literal(kind),
    of,
    numbers: z.object(Object.fromEntries(numbers.map((name) => [name, amount]))),
    detail: z.string().nullable(),
  });
}

const variants = [
  variant('anomaly', z.enum(anomalyKinds), ['count']),
  ...latentKinds.map((of) => variant('latent', z.literal(of), latentNumbers[of])),
  ...Object.entries(plainNumbers).map(([kind, numbers]) => variant(kind as Reason['kind'], z.null(), numbers)),
  variant('not-exercised', z.enum(ordeals), ['effects', 'metAtRisk']),
];

/** A reason in memory: data only. Tests check each kind against its type, since the compiler cannot see its numbers. */
export const reasonSchema = z.union(variants) as unknown as z.ZodType<Reason>;

/** A reason in a stored report: the data, and the same in words. */
export const storedReasonSchema = z
  .union(
    variants.map((one) =>
      one.extend({
        text: z.string().describe('The reason in words.'),
        decisive: z.string().nullable().describe('A command that would make the run decisive.'),
      }),
    ),
  )
  .meta({ id: 'reason', description: 'Why a row is violated or inconclusive: a kind with its numbers.' });
