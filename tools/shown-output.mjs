// Holds that pages show what the program prints. Every command in a ```console block of a page below is run with the
// built program at 80 columns, and what the page shows below it must be what it printed; so must the picture of the
// terminal be. Commands run on the simulator, where the same command prints the same.
//
//   npm run build && node tools/shown-output.mjs          checks; exits 1 at a difference and says which
//   npm run build && node tools/shown-output.mjs --write  writes what is printed now into the pages and the picture
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandsOf, firstDifference, withOutputs } from './lib/console-blocks.mjs';
import { terminalPicture } from './lib/terminal-picture.mjs';

const columns = 80;
const pages = ['README.md', 'docs/INCIDENT.md'];
const picture = {
  file: new URL('../docs/images/run.svg', import.meta.url),
  command: 'npx eventbus-bench run --topics 5',
};

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const writes = process.argv.includes('--write');
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-shown-'));

// Example records are named as from the root of the repository.
symlinkSync(fileURLToPath(new URL('../docs', import.meta.url)), join(folder, 'docs'), 'junction');

try {
  if (writes) writeFileSync(picture.file, drawn());
  const isDrawn = readFileSync(picture.file, 'utf8') === drawn();
  const differences = [
    ...pages.flatMap(differencesOn),
    ...(isDrawn ? [] : ['docs/images/run.svg is not what the command prints']),
  ];
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) process.exitCode = 1;
  else console.log(`the commands of ${pages.join(' and ')} print what is shown, and the picture is up to date`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What the command prints on standard output. Only this program is run, without a shell; the exit code may be any. */
function printed(command, environment = {}) {
  const [npx, name, ...args] = command.split(' ');
  if (npx !== 'npx' || name !== 'eventbus-bench') throw new Error(`a console block runs something else: ${command}`);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, COLUMNS: String(columns), NO_COLOR: '1', ...environment },
    encoding: 'utf8',
  });
  if (status === null || status > 2) throw new Error(`${command} exits ${status}\n${stderr}`);
  return stdout.replaceAll(/\d{8}T\d{6}Z/g, '20260101T000000Z');
}

function linesOf(text) {
  return text.replace(/\n$/, '').split('\n');
}

/** Runs the commands of the page, writes what they print into it if asked to, and compares. */
function differencesOn(page) {
  const file = new URL(`../${page}`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const outputs = new Map(commandsOf(text).map(({ command }) => [command, linesOf(printed(command))]));
  if (outputs.size === 0) throw new Error(`${page} has no \`\`\`console block`);
  const filled = withOutputs(text, ({ command, shown }) => (shown.includes('…') ? null : outputs.get(command)));
  if (writes) writeFileSync(file, filled);
  return commandsOf(writes ? filled : text).flatMap(({ command, shown }) => {
    const difference = firstDifference(shown, outputs.get(command));
    return difference === null ? [] : [`${page} shows of \`${command}\` what is not printed: ${difference}`];
  });
}

function drawn() {
  const prompt = `\u001b[2m$\u001b[22m ${picture.command}\n`;
  const text = prompt + printed(picture.command, { NO_COLOR: '', FORCE_COLOR: '1' });
  return terminalPicture(text, { columns, title: `A terminal after ${picture.command}` });
}
