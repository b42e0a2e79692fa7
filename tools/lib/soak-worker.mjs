// A worker of the soak: runs the program in this thread, with what it was given, and answers with the exit code and
// what was wrong about it. Where a sound row is undecided, it runs the commands that are to make it decisive.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { watchInterrupts } from '../../dist/cli/interrupt.js';
import { runCli } from '../../dist/cli/run-cli.js';
import { answer } from './on-cores.mjs';
import { decisiveCommands, wrongCode } from './soak-verdict.mjs';

function collector() {
  const chunks = [];
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** One run of the program: its exit code, its report, and what it said on standard error. */
async function run(args) {
  const reportDir = mkdtempSync(join(tmpdir(), 'eventbus-bench-soak-'));
  const [out, err] = [collector(), collector()];
  const stub = {
    argv: [process.execPath, 'eventbus-bench', ...args, '--json', '--quiet', '--report-dir', reportDir],
    env: { ...process.env, NO_COLOR: '1' },
    stdout: out.stream,
    stderr: err.stream,
    on: () => stub,
    exit: (code) => process.exit(code),
  };
  try {
    const code = await runCli(stub, watchInterrupts(stub));
    return { code, report: out.text() === '' ? null : JSON.parse(out.text()), said: err.text() };
  } finally {
    rmSync(reportDir, { recursive: true, force: true });
  }
}

/** What is wrong about a sound row that is undecided; null if it can be decided as it says. */
async function wrongUndecided(report) {
  const { commands, wrong } = decisiveCommands(report.runs.flatMap(({ reasons }) => reasons));
  if (wrong !== null) return wrong;
  const codes = [];
  for (const command of commands) codes.push((await run(command)).code);
  if (codes.includes(0)) return null;
  const tried = commands.map((command, at) => `exit ${codes[at]} of eventbus-bench ${command.join(' ')}`);
  return `exit 2, and what is to make it decisive does not: ${tried.join('; ')}`;
}

answer(async ({ args, isBroken }) => {
  const { code, report, said } = await run(args);
  const wrong = wrongCode(isBroken, code);
  const firstWords = said.trim().split('\n')[0];
  if (wrong !== null) return { code, wrong: code > 2 ? `${wrong} (${firstWords})` : wrong };
  return { code, wrong: code === 2 && !isBroken ? await wrongUndecided(report) : null };
});
