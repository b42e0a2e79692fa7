// Runs a query of DuckDB over a record, for record.mjs: `simple` or `exact`; prints time, memory and counts as JSON.
import { DuckDBInstance } from '@duckdb/node-api';

const [query, file, threads] = process.argv.slice(2);
const columns = "columns = {aggregate: 'VARCHAR', version: 'BIGINT', topic: 'VARCHAR'}";
const events = `select *, row_number() over () as line from read_json('${file}', format = 'newline_delimited', ${columns})`;
const highestBefore =
  'max(version) over (partition by topic, aggregate order by line rows between unbounded preceding and 1 preceding)';
const queries = {
  simple: `select count(*) filter (version <= highest), 0
    from (select version, ${highestBefore} as highest from (${events}))`,
  exact: `with events as (${events}),
    firsts as (select topic, aggregate, version, min(line) as line from events group by all),
    judged as (select version, ${highestBefore} as highest from firsts)
    select count(*) filter (version < highest), (select count(*) from events) - count(*) from judged`,
};

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const begun = performance.now();
const rows = (await connection.runAndReadAll(queries[query])).getRows();
const seconds = (performance.now() - begun) / 1000;
const [regressions, duplicates] = rows[0].map(Number);
const megabytes = process.resourceUsage().maxRSS / 1e3;
console.log(JSON.stringify({ seconds, megabytes, regressions, duplicates }));
