/** DuckDB within this process, and logs as files that it reads. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { temporaryFolder } from '../cli/cli-process.js';
import type { LogLine } from './log-oracle.js';
import type { ResultRow } from './query-of.js';
import { jsonOf } from './random-logs.js';

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();

export async function onDuckDb(sql: string): Promise<readonly ResultRow[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/** Makes a table of the lines; its name can stand behind FROM. */
export async function duckDbTable(lines: readonly LogLine[]): Promise<string> {
  const file = join(temporaryFolder(), 'log.ndjson');
  writeFileSync(file, lines.map((line) => `${jsonOf(line)}\n`).join(''));
  const types =
    "topic: 'VARCHAR', aggregate: 'VARCHAR', version: 'VARCHAR', id: 'VARCHAR', place: 'BIGINT', began: 'BIGINT', ended: 'BIGINT'";
  await connection.run(
    `CREATE OR REPLACE TABLE lines AS SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${types}})`,
  );
  return '"lines"';
}
