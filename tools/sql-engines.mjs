// Installs the SQL engines that are Python packages into .cache/sql-engines, for test/sql/engines.test.ts: ClickHouse
// (chdb) and a parser of many dialects (sqlglot), in the versions of tools/sql-engines.txt. `--spark` installs Spark as
// well, which takes 1 GB and needs Java 17. A folder that has it all is left as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { spark: { type: 'boolean', default: false } } });
const folder = fileURLToPath(new URL('../.cache/sql-engines/', import.meta.url));
const lists = ['sql-engines.txt', ...(values.spark ? ['sql-engines-spark.txt'] : [])].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);
const installed = `${folder}installed.txt`;
const wanted = lists.map((list) => readFileSync(list, 'utf8')).join('');

if (existsSync(installed) && readFileSync(installed, 'utf8').includes(wanted)) {
  process.stdout.write('the SQL engines are there\n');
} else {
  if (!existsSync(`${folder}bin/python`)) run('python3', ['-m', 'venv', folder]);
  run(`${folder}bin/python`, ['-m', 'pip', 'install', '--quiet', ...lists.flatMap((list) => ['-r', list])]);
  writeFileSync(installed, wanted);
  process.stdout.write('installed the SQL engines into .cache/sql-engines\n');
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  const why = error === undefined ? `ended with ${String(status)}` : `cannot be started (${error.code})`;
  process.stderr.write(`${command} ${args.slice(0, 3).join(' ')} ${why}; Python 3.11 or later with venv is needed\n`);
  process.exit(1);
}
