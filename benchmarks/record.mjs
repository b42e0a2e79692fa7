// Measures how fast a record of handlings is checked, which takes two threads where there are as many cores, beside DuckDB on the same file in the same run, each in a process of
// its own: five million NDJSON lines of 100,000 aggregates, one in a thousand late, one in a thousand handled again. The
// counts must be equal, or it exits 1.
//
// `simple` is the window query that comes to mind first, which counts what is not above the highest so far. `exact` takes
// first observations only, as the definitions do. Wall time, best of three; peak memory of each process.
//
//   npm run build && node benchmarks/record.mjs [lines] [threads of DuckDB]
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, createWriteStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const peer = fileURLToPath(new URL('lib/duckdb-record.mjs', import.meta.url));
const lines = Number(process.argv[2] ?? 5_000_000);
const threads = process.argv[3] ?? '2';
const aggregates = Math.max(1, Math.round(lines / 50));
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-record-'));

try {
  const plain = join(folder, 'record.ndjson');
  writeRecord(plain, (aggregate, version) => `{"aggregate":"order-${aggregate}","version":${version},"topic":"orders","time":"2026-01-01T00:00:00.000Z"}\n`); // prettier-ignore
  const table = join(folder, 'record.csv');
  writeRecord(table, (aggregate, version) => `order-${aggregate},${version},orders\n`, 'aggregate,version,topic\n');
  const nested = join(folder, 'nested.ndjson');
  writeRecord(nested, (aggregate, version) => `{"level":"info","payload":{"orderId":"order-${aggregate}","seq":${version}},"topic":"orders"}\n`); // prettier-ignore
  const zipped = join(folder, 'record.ndjson.gz');
  // A child's peak memory begins at what its parent holds, so this process must not hold the file.
  await pipeline(createReadStream(plain), createGzip({ level: 1 }), createWriteStream(zipped));

  const own = best(() => check([plain]));
  const simple = best(() => duckdb('simple', plain));
  const exact = best(() => duckdb('exact', plain));
  show('check', own, null);
  show(`DuckDB, simple, ${threads} threads`, simple, own);
  show(`DuckDB, exact, ${threads} threads`, exact, own);
  show(
    'check --map',
    best(() => check([nested, '--map', 'aggregate=.payload.orderId,version=.payload.seq'])),
    own,
  );
  show(
    'check of CSV',
    best(() => check([table])),
    own,
  );
  show(
    'check of gzip',
    best(() => check([zipped])),
    own,
  );
  const isEqual = own.regressions === exact.regressions && own.duplicates === exact.duplicates;
  console.log(`${own.regressions} regressions, ${own.duplicates} duplicates: ${isEqual ? 'equal' : `NOT equal, ${exact.regressions} and ${exact.duplicates}`}`); // prettier-ignore
  if (!isEqual) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The same lines in every run: a linear congruence chooses aggregates, and every thousandth pair changes places. */
function writeRecord(file, lineOf, header = '') {
  const descriptor = openSync(file, 'w');
  const next = new Int32Array(aggregates);
  let state = 1;
  let text = header;
  for (let line = 0; line < lines; line++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const aggregate = state % aggregates;
    if (line % 1_000 === 500) {
      text += lineOf(aggregate, next[aggregate] + 2) + lineOf(aggregate, next[aggregate] + 1);
      next[aggregate] += 2;
      line++;
    } else if (line % 1_000 === 700 && next[aggregate] > 0) {
      text += lineOf(aggregate, next[aggregate]);
    } else {
      text += lineOf(aggregate, ++next[aggregate]);
    }
    if (text.length < 1_000_000) continue;
    writeSync(descriptor, text);
    text = '';
  }
  writeSync(descriptor, text);
  closeSync(descriptor);
}

function best(measure) {
  return [1, 2, 3].map(measure).reduce((least, one) => (one.seconds < least.seconds ? one : least));
}

function check(args) {
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'check', ...args, '--json', '--no-progress'], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const { wallDurationMs, peakRssBytes, counts } = JSON.parse(stdout);
  const { regressions, duplicates } = counts;
  return { seconds: wallDurationMs / 1000, megabytes: peakRssBytes / 1e6, regressions, duplicates };
}

function duckdb(query, file) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [peer, query, file, threads], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function show(name, { seconds, megabytes }, beside) {
  const ratio = beside === null ? '' : `, ${(seconds / beside.seconds).toFixed(2)} × the time of check`;
  console.log(`${name}: ${seconds.toFixed(2)} s, ${Math.round(megabytes)} MB${ratio}`);
}
