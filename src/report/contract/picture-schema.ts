/** Describes what pictures of a run are drawn from: series over time, who fetched what, and timelines of events. */
import { z } from 'zod';
import { timelineColumns } from '../../domain/report/run-picture.js';
import { amount, count, name } from './schema-values.js';

export const seriesOfRunSchema = z
  .object({
    bucketMs: amount,
    published: z.array(count).describe('Publish calls.'),
    handled: z.array(count).describe('Handlings that succeeded.'),
    regressions: z.array(count).describe('By when the handler of the late event started.'),
  })
  .meta({ id: 'series', description: 'What went on over time, in at most 200 buckets of the same length.' });

const fetchCell = z.object({
  subscription: count.describe('Index into subscriptions.'),
  topic: count.describe('Index into topics.'),
  delivered: count,
  misrouted: count.describe('Of those delivered, what the subscription does not own.'),
});

export const fetchMatrixSchema = z
  .object({
    subscriptions: z.array(name),
    topics: z.array(name),
    cells: z.array(fetchCell).describe('Those with a delivery; the 1,600 largest if there are more.'),
    cellsTotal: count,
  })
  .meta({ id: 'fetchMatrix', description: 'Who fetched what.' });

const incident = z.object({
  stamp: count,
  atMs: z.number(),
  kind: name.describe('As a note of the trace names it.'),
  what: z.string(),
});

const aggregateTimeline = z.object({
  aggregateId: name,
  earlier: count.describe('Its deliveries before the first that is told.'),
  later: count.describe('Its deliveries after the last that is told.'),
  rows: z.array(z.array(z.union([z.number(), z.string(), z.null()]))).describe('A value for each of the columns.'),
});

export const timelinesSchema = z
  .object({
    columns: z.array(z.enum(timelineColumns)),
    topics: z.array(name).describe('What topic stands for in a row: index → name.'),
    subscriptions: z.array(name).describe('What subscription stands for in a row: index → name.'),
    incidents: z.array(incident).describe('What happened to the run, the first 200.'),
    incidentsTotal: count,
    aggregates: z.array(aggregateTimeline).describe('The worst, at most 20; if none has an anomaly, the first ones.'),
  })
  .meta({ id: 'timelines', description: 'The deliveries of a few aggregates, stage by stage, at most 200 each.' });
