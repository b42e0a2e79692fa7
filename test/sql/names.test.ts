import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { dialects } from '../../src/sql/dialect.js';
import { quotedName, quotedSource, quotedTable } from '../../src/sql/names.js';
import { temporaryFolder } from '../cli/cli-process.js';
import { onDuckDb } from './duckdb.js';
import { countsOf } from './log-oracle.js';
import { countsIn, queryOf } from './query-of.js';
import { drawnLogs, jsonOf, oddConstants, oddNames } from './random-logs.js';

const { bigquery, clickhouse, duckdb, spark } = dialects;

describe('a name', () => {
  it('is quoted word by word, as each engine quotes', () => {
    expect(quotedName('db.events', '--table', duckdb)).toBe('"db"."events"');
    expect(quotedName('db.events', '--table', spark)).toBe('`db`.`events`');
    expect(quotedName('my-project.logs.events', '--table', bigquery)).toBe('`my-project`.`logs`.`events`');
  });

  it('may begin with a point, as a path into a record does', () => {
    expect(quotedName('.payload.orderId', '--map', clickhouse)).toBe('`payload`.`orderId`');
  });

  it('has words with points and quotes in double quotes', () => {
    expect(quotedName('a."b.c"."say ""so"""', '--map', clickhouse)).toBe('`a`.`b.c`.`say "so"`');
    expect(quotedName('"say ""so"""', '--map', duckdb)).toBe('"say ""so"""');
  });

  it('cannot end its quotes on any engine', () => {
    expect(quotedName('"x"" FROM y"', '--map', duckdb)).toBe('"x"" FROM y"');
    expect(quotedName('x` FROM y', '--map', spark)).toBe('`x`` FROM y`');
    expect(quotedName('x` FROM y', '--map', clickhouse)).toBe('`x\\` FROM y`');
    expect(quotedName('x\\` FROM y', '--map', bigquery)).toBe('`x\\\\\\` FROM y`');
  });

  it.each(oddNames)('on DuckDB is the column of that name: %j', async (name) => {
    const quoted = duckdb.quoted(name);
    expect(await onDuckDb(`SELECT log.${quoted} FROM (SELECT 1 AS ${quoted}) AS log`)).toEqual([{ [name]: 1 }]);
  });

  it.each(['', '.', 'a.', 'a..b', 'a"b', '"a', '""', 'a\nb', 'a\u0000', 'a\u2028b'])('is not %j', (name) => {
    expect(() => quotedName(name, '--map', duckdb)).toThrow(UsageError);
  });
});

describe('a constant', () => {
  it('is a text of the engine, and what is in no single quotes is a column', () => {
    expect(quotedSource("'orders'", '--map', duckdb)).toBe("'orders'");
    expect(quotedSource("'it''s'", '--map', duckdb)).toBe("'it''s'");
    expect(quotedSource("'it''s\\'", '--map', bigquery)).toBe("'it\\'s\\\\'");
    expect(quotedSource('orders', '--map', spark)).toBe('log.`orders`');
    expect(quotedSource('"\'orders\'"', '--map', spark)).toBe("log.`'orders'`");
  });

  it.each(oddConstants)('on DuckDB is that text: %j', async (text) => {
    const source = `'${text.replaceAll("'", "''")}'`;
    expect(await onDuckDb(`SELECT ${quotedSource(source, '--map', duckdb)} AS text`)).toEqual([{ text }]);
  });

  it('has no control character', () => {
    expect(() => quotedSource("'a\nb'", '--map', duckdb)).toThrow('has a control character in it');
  });
});

describe('a table', () => {
  it('of DuckDB is read as a file if its name ends like one', () => {
    expect(quotedTable("it's/a.ndjson", duckdb, ['id'])).toBe("read_json_auto('it''s/a.ndjson')");
    expect(quotedTable('logs/*.jsonl.gz', duckdb, ['id'])).toBe("read_json_auto('logs/*.jsonl.gz')");
    expect(quotedTable('a.parquet', duckdb, ['id'])).toBe("read_parquet('a.parquet')");
    expect(quotedTable('"a"."parquet"', duckdb, ['id'])).toBe('"a"."parquet"');
    expect(quotedTable('a.parquet', spark, ['id'])).toBe('`a`.`parquet`');
  });

  it('is no path of a file where the engine does not read one, or its format is not known', () => {
    expect(() => quotedTable('logs/a.ndjson', clickhouse, [])).toThrow('is the path of a file');
    expect(() => quotedTable('logs/a.txt', duckdb, [])).toThrow('whose format its ending does not tell');
  });

  it('that is a CSV file keeps keys apart that are equal as numbers', async () => {
    const file = join(temporaryFolder(), 'a.csv');
    writeFileSync(file, 'aggregate,version,place,began,ended\n7,1,1,1,1\n007,2,2,1,1\n7,x,3,1,1\n');
    const table = quotedTable(file, duckdb, ['aggregate', 'version']);
    const terms = { versions: 'dense', firstVersion: null, byTopic: false, hasIds: false } as const;
    const counts = countsIn(await onDuckDb(queryOf('duckdb', table, terms)));
    expect(counts).toMatchObject({ aggregates: 2, observations: 2, unusable_lines: 1 });
  });

  it('that is a file gives the counts of a brute-force count: 24 drawn files', async () => {
    const folder = temporaryFolder();
    for (const [at, [lines, terms]] of drawnLogs(24, 7).entries()) {
      if (lines.length === 0) continue;
      const file = join(folder, `it's ${String(at)}.ndjson`);
      writeFileSync(file, lines.map((line) => `${jsonOf(line)}\n`).join(''));
      const rows = await onDuckDb(queryOf('duckdb', quotedTable(file, duckdb, []), terms));
      expect(countsIn(rows), `file ${String(at)}`).toEqual(countsOf(lines, terms));
    }
  });
});
