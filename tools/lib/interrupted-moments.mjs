// Interrupts commands at random moments: draws a command, a signal and a moment from a seed, starts the built program,
// sends the signal, and hands back how the program ended. The test says what must hold, the benchmark how long it took.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chanceOf } from './soak-draw.mjs';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A process that has not ended by then is killed. */
const givenUpAfterMs = 20_000;

/** Events of one row, at most. */
const eventsMax = 3_000_000;

/**
 * A moment of a command on the simulator.
 * @param {{ trace: string, report: string }} files a large trace, and a large report
 */
export function simulatedMoment(seed, nth, files) {
  const chance = chanceOf(seed, nth);
  const command = chance.oneOf(['run', 'run', 'run', 'run', 'compare', 'check', 'report', 'gate', 'doctor']);
  const stored = { check: ['check', files.trace], report: ['report', files.report], gate: ['gate', files.report] };
  const args = stored[command] ?? (command === 'doctor' ? ['doctor'] : runOf(command, chance));
  return { args, ...momentOf(chance, 50, 6_000) };
}

/**
 * A moment of a run on a real broker.
 * @param {'nats' | 'kafka'} broker
 * @param {readonly string[]} server flags that name a server; none: a private one is started
 */
export function serverMoment(seed, nth, broker, server) {
  const chance = chanceOf(seed, nth);
  const aggregates = chance.scale(10, 20_000);
  const disturbances = [
    'stall:1s@10%',
    'crash@10%',
    'join@10%',
    ...(server.length === 0 && broker === 'kafka' ? ['restart@10%'] : []),
  ];
  const args = ['run', '--broker', broker, ...server, ...sizeOf(chance, aggregates)];
  if (chance.maybe(0.3)) args.push('--disturb', chance.oneOf(disturbances), '--mode', 'single', '--replicas', '2');
  return { args, ...momentOf(chance, 300, 9_000) };
}

function momentOf(chance, fromMs, toMs) {
  return { signal: chance.oneOf(['SIGINT', 'SIGINT', 'SIGTERM']), afterMs: chance.scale(fromMs, toMs) };
}

function runOf(command, chance) {
  const aggregates = chance.scale(10, 1_000_000);
  const args = [
    command,
    ...sizeOf(chance, aggregates),
    '--broker',
    chance.oneOf(['sim', 'sim:kafka', 'sim,sim:kafka']),
  ];
  if (chance.maybe(0.2)) args.push('--seeds', String(chance.int(2, 100)));
  if (chance.maybe(0.2)) args.push('--trace', 'trace.ndjson');
  else if (chance.maybe(0.3)) args.push('--json');
  if (chance.maybe(0.2)) args.push('--skew', '1.1');
  if (chance.maybe(0.2)) args.push('--publish', 'async:10');
  return args;
}

function sizeOf(chance, aggregates) {
  const versions = chance.scale(2, Math.max(2, Math.min(1_000, Math.floor(eventsMax / aggregates))));
  return ['--aggregates', String(aggregates), '--versions', String(versions)];
}

/** The moment as a command for a POSIX shell. */
export function repeatedBy({ args, signal, afterMs }) {
  return `node dist/cli/main.js ${args.join(' ')} & sleep ${afterMs / 1000}; kill -${signal.slice(3)} $!; wait $!`;
}

/**
 * Starts the command in a folder, and sends it the signal.
 * @returns how it ended, `tookMs` after the signal; null if it had ended before
 */
export async function interrupted({ args, signal, afterMs }, folder) {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const { PATH = '', HOME = '', JAVA_HOME = '' } = process.env;
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { PATH, HOME, TMPDIR: temporary, ...(JAVA_HOME === '' ? {} : { JAVA_HOME }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const exit = once(child, 'exit').then(([code, killedBy]) => ({ code, killedBy, atMs: performance.now() }));
  const closed = once(child, 'close');
  let timer;
  const due = new Promise((resolve) => (timer = setTimeout(resolve, afterMs, 'due')));
  const isDue = (await Promise.race([exit, due])) === 'due';
  clearTimeout(timer);
  const sentMs = performance.now();
  if (isDue) child.kill(signal);
  const givenUp = setTimeout(() => child.kill('SIGKILL'), givenUpAfterMs);
  const { code, killedBy, atMs } = await exit;
  clearTimeout(givenUp);
  await closed;
  if (!isDue) return null;
  return { exitCode: code, killedBy, tookMs: atMs - sentMs, stdout, stderr, temporary };
}

/** What is in the folder of reports: of each file the text, by name. */
export function reportsIn(folder) {
  try {
    const reports = join(folder, 'reports');
    return Object.fromEntries(readdirSync(reports).map((name) => [name, readFileSync(join(reports, name), 'utf8')]));
  } catch {
    return {};
  }
}

/** Empties a folder between two moments. */
export function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** `p50 0.12 s, p90 …, longest …` of times in milliseconds. */
export function distributionOf(tookMs) {
  const sorted = [...tookMs].sort((a, b) => a - b);
  const at = (share) =>
    ((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) / 1000).toFixed(2);
  return `${sorted.length} interrupts: p50 ${at(0.5)} s, p90 ${at(0.9)} s, longest ${at(1)} s`;
}
