/**
 * The queries on the engines that are Python packages, over drawn logs, against the brute-force count. An engine is
 * started once for all logs. What no engine here runs is translated for DuckDB by a library, which shows that it can be
 * parsed and what it would mean.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialects, type DialectId } from '../../src/sql/dialect.js';
import { temporaryFolder } from '../cli/cli-process.js';
import { duckDbTable, onDuckDb } from './duckdb.js';
import { countsByUnit, countsOf, type LogLine, type Terms } from './log-oracle.js';
import { describeWithPython, runPython } from './python.js';
import { countsIn, naiveQueryOf, queryOf, worstIn, type ResultRow } from './query-of.js';
import { drawnLogs, jsonOf, oddConstants, oddNames } from './random-logs.js';

const drawn = drawnLogs(24, 12);

/** With the lines that lack nothing, for columns that cannot be null. */
const drawnWhole = drawn.map(
  ([lines, terms]) => [lines.filter((line) => Object.values(line).every((value) => value !== null)), terms] as const,
);

interface Job {
  readonly file: string;
  readonly nullable: boolean;
  readonly queries: readonly string[];
}

function jobsOf(logs: typeof drawn, dialect: DialectId, nullable: boolean): readonly Job[] {
  const folder = temporaryFolder();
  return logs.map(([lines, terms], at) => {
    const file = join(folder, `${String(at)}.ndjson`);
    writeFileSync(file, lines.map((line) => `${jsonOf(line)}\n`).join(''));
    return { file, nullable, queries: [queryOf(dialect, 'lines', terms), naiveQueryOf(dialect, 'lines', terms)] };
  });
}

function expectCounts(lines: readonly LogLine[], terms: Terms, rows: readonly ResultRow[]): void {
  expect(countsIn(rows)).toEqual(countsOf(lines, terms));
  const bad = [...countsByUnit(lines, terms)].filter(
    ([, one]) => one.regressions + one.duplicates + one.gaps + one.overlaps > 0,
  );
  expect(Object.fromEntries(worstIn(rows))).toEqual(Object.fromEntries(bad));
}

const highest = 2n ** 63n - 1n;

/** Two aggregates that skip all versions but the lowest and the highest. */
const farApart: readonly LogLine[] = ['a', 'b'].flatMap((aggregate) =>
  [0n, highest].map((version) => ({
    topic: 't',
    aggregate,
    version,
    id: null,
    place: Number(version % 2n),
    began: 0,
    ended: 0,
  })),
);
const plain: Terms = { versions: 'dense', firstVersion: highest, byTopic: true, hasIds: false };

/** Values as text, since numbers of JSON are not exact here. */
const exactNumbers = `
def exact(row):
    return {name: None if value is None else str(value) for name, value in row.items()}
`;

/** Runs all logs through one program, which answers each query with its rows. */
function expectAnswers(program: string, dialect: DialectId, sets = [drawn]): void {
  const far = jobsOf(
    [
      [farApart, { ...plain, firstVersion: 0n }],
      [farApart, plain],
    ],
    dialect,
    false,
  );
  const run = (jobs: readonly Job[]): unknown => runPython(exactNumbers + program, jobs);
  const [wide, last] = run(far) as readonly (readonly (readonly ResultRow[])[])[];
  expect(String(wide![0]![0]!['gaps'])).toBe(String(2n * (highest - 1n)));
  expect(String(last![0]![0]!['gaps'])).toBe(String(2n * (highest - 1n)));
  const all = sets.map((logs) => ({ logs, jobs: jobsOf(logs, dialect, logs === drawn) }));
  const answers = run(all.flatMap(({ jobs }) => jobs)) as readonly (readonly (readonly ResultRow[])[])[];
  all
    .flatMap(({ logs }) => logs)
    .forEach(([lines, terms], at) => {
      expectCounts(lines, terms, answers[at]![0]!);
      expect(Number(answers[at]![1]![0]!['naive'])).toBe(countsOf(lines, terms).naive);
    });
}

function sourceQueries(dialect: DialectId): readonly string[] {
  const { quoted, text } = dialects[dialect];
  const columns = oddNames.map(quoted).map((name) => `SELECT log.${name} FROM (SELECT 1 AS ${name}) AS log`);
  return [...columns, ...oddConstants.map((constant) => `SELECT ${text(constant)} AS constant`)];
}

const sourceAnswers = [...oddNames.map((name) => ({ [name]: 1 })), ...oddConstants.map((constant) => ({ constant }))];

describeWithPython({ needs: 'chdb' }, 'the query on ClickHouse', () => {
  it('gives the counts of a brute-force count, on columns that may be null and on those that cannot', () => {
    const program = `
import json, sys
from chdb import session
engine = session.Session()
answers = []
for job in json.load(sys.stdin):
    maybe = (lambda kind: 'Nullable(' + kind + ')') if job['nullable'] else (lambda kind: kind)
    texts = ['topic', 'aggregate', 'id'] + (['version'] if job['nullable'] else [])
    numbers = ['place', 'began', 'ended'] + ([] if job['nullable'] else ['version'])
    columns = ', '.join([name + ' ' + maybe('String') for name in texts] + [name + ' ' + maybe('Int64') for name in numbers])
    engine.query('CREATE OR REPLACE TABLE lines (' + columns + ') ENGINE = Memory')
    engine.query("INSERT INTO lines SELECT * FROM file('" + job['file'] + "', 'JSONEachRow', '" + columns + "')")
    rows = [engine.query(query, 'JSONEachRow').bytes().decode() for query in job['queries']]
    answers.append([[exact(json.loads(row)) for row in text.splitlines()] for text in rows])
print(json.dumps(answers))
`;
    expectAnswers(program, 'clickhouse', [drawn, drawnWhole]);
  }, 300_000);

  it('names the column or the constant that is meant, whatever characters it has', () => {
    const program = `
import json, sys, chdb
print(json.dumps([json.loads(chdb.query(query, 'JSONEachRow').bytes().decode()) for query in json.load(sys.stdin)]))
`;
    expect(runPython(program, sourceQueries('clickhouse'))).toEqual(sourceAnswers);
  }, 300_000);
});

describeWithPython({ needs: 'pyspark', byHand: true }, 'the query on Spark', () => {
  it('gives the counts of a brute-force count', () => {
    const program = `
import json, sys
from pyspark.sql import SparkSession
engine = (SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false')
    .config('spark.sql.shuffle.partitions', '1').config('spark.log.level', 'ERROR').getOrCreate())
columns = 'topic STRING, aggregate STRING, version STRING, id STRING, place BIGINT, began BIGINT, ended BIGINT'
answers = []
for job in json.load(sys.stdin):
    engine.read.schema(columns).json(job['file']).createOrReplaceTempView('lines')
    rows = [engine.sql(query).collect() for query in job['queries']]
    answers.append([[exact(row.asDict()) for row in one] for one in rows])
print(json.dumps(answers))
`;
    expectAnswers(program, 'spark');
  }, 600_000);

  it('names the column or the constant that is meant, whatever characters it has', () => {
    const program = `
import json, sys
from pyspark.sql import SparkSession
engine = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').config('spark.log.level', 'ERROR').getOrCreate()
print(json.dumps([engine.sql(query).collect()[0].asDict() for query in json.load(sys.stdin)]))
`;
    expect(runPython(program, sourceQueries('spark'))).toEqual(sourceAnswers);
  }, 600_000);
});

describeWithPython({ needs: 'sqlglot' }, 'the query', () => {
  const program = `
import json, sys, sqlglot
job = json.load(sys.stdin)
print(json.dumps([sqlglot.transpile(query, read=job['dialect'], write='duckdb', error_level=sqlglot.ErrorLevel.RAISE)[0]
    for query in job['queries']]))
`;
  const translated = (dialect: DialectId, queries: readonly string[]): readonly string[] =>
    runPython(program, { dialect, queries }) as readonly string[];

  describe.each(['bigquery', 'spark'] as const)('for %s', (dialect) => {
    it('is SQL of that engine, and means what the definitions say', async () => {
      const queries = translated(
        dialect,
        drawn.map(([, terms]) => queryOf(dialect, 'lines', terms)),
      );
      for (const [at, [lines, terms]] of drawn.entries()) {
        await duckDbTable(lines);
        expectCounts(lines, terms, await onDuckDb(queries[at]!));
      }
    });

    it('would be found out if it were none', () => {
      const query = queryOf(dialect, 'lines', drawn[0]![1]);
      expect(() => translated(dialect, [query.replace('GROUP BY', 'GROUP')])).toThrow(/ParseError/);
    });
  });
});
