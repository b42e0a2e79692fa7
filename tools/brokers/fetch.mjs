#!/usr/bin/env node
// Fetches real brokers without Docker: `npm run brokers` puts each server of the registry below into
// .cache/brokers/<name>-<version>/, where the tool and its tests look for it.
//
// A server is a recipe: ways to obtain it, in order, and a check of what came out. Each is made in a temporary folder
// and moved into place in one step once it has passed its check, so the cache never holds half of anything; what is
// there already is checked and left alone. Whether the bits are the authors' own is decided by what delivers them, the
// Go checksum database for what `go install` builds, the signature of the archive for what apt delivers, or by the
// checksums that are kept here for Kafka's jars. The check then runs the server and compares its version.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kafkaServers } from './kafka.mjs';
import { natsServers } from './nats.mjs';
import { Unobtainable } from './recipe.mjs';

/** The broker cache of the project that this script belongs to. */
const cache = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.cache', 'brokers');

/** Every server that can be fetched. A new broker is a file beside nats.mjs and an entry here. */
const registry = [...natsServers, ...kafkaServers];
const ids = [...new Set(registry.map((server) => server.id))];

const exitCodes = { ok: 0, usage: 64, unavailable: 69 };

const help = `Usage: npm run brokers -- [options]

Puts real broker servers into the broker cache (.cache/brokers), for runs and tests on real brokers without Docker:

${registry.map((server) => `  ${server.id.padEnd(13)}${server.title}`).join('\n')}

Options:
  --only <id>   fetch only this one: ${ids.join(', ')}
  --force       fetch again what is there already
  --help        show this text

Exit status: 0 if every required server is there (or the one asked for), 64 on wrong usage, 69 if not.
`;

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  // A full disk, a cache that may not be written to: the system's own words say it best. Anything else is a bug.
  if (error.syscall === undefined) throw error;
  process.stderr.write(`The broker cache cannot be used: ${error.message}\n`);
  process.exitCode = exitCodes.unavailable;
}

/** Fetches what is missing, says in short lines what it did, and returns the exit code. */
function main(argv) {
  let flags;
  try {
    flags = readFlags(argv);
  } catch (error) {
    process.stderr.write(`${error.message}\nRun "npm run brokers -- --help" for what is possible.\n`);
    return exitCodes.usage;
  }
  if (flags.help) {
    process.stdout.write(help);
    return exitCodes.ok;
  }

  mkdirSync(cache, { recursive: true });
  removeLeftovers();
  const wanted = registry.filter((server) => flags.only === undefined || server.id === flags.only);
  const missing = wanted.filter((server) => {
    const failures = fetchServer(server, flags.force);
    if (failures === null) return false;
    const required = server.required || flags.only !== undefined;
    reportMissing(server, failures, required);
    return required;
  });
  return missing.length === 0 ? exitCodes.ok : exitCodes.unavailable;
}

function reportMissing(server, failures, required) {
  const rest = required ? '' : `; ${server.without ?? 'only tests on this version will be skipped'}`;
  process.stderr.write(`${server.name} ${server.version}: not to be had here${rest}\n`);
  for (const failure of failures) process.stderr.write(`  - ${failure}\n`);
  if (required) process.stderr.write(`Ways out:\n${server.waysOut.map((way) => `  - ${way}\n`).join('')}`);
}

/** @returns {string[] | null} why each way failed; null if the server is there now */
function fetchServer(server, force) {
  const say = (line) => process.stdout.write(`${server.name} ${server.version}: ${line}\n`);
  const folder = join(cache, `${server.name}-${server.version}`);
  const missing = server.needs?.() ?? null;
  if (missing !== null) return [missing];
  const shown = relative(process.cwd(), join(folder, server.binary)) || folder;
  if (!force && existsSync(folder)) {
    const wrong = server.check(folder);
    if (wrong === null) {
      say(`there already, ${shown}`);
      return null;
    }
    say(`what is there is no good (${wrong}), fetching it again`);
  }

  const failures = [];
  for (const way of server.ways) {
    const temporary = join(cache, `.tmp-${process.pid}-${server.name}-${server.version}`);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary);
    try {
      way.obtain(temporary, say);
      const wrong = server.check(temporary);
      if (wrong !== null) throw new Unobtainable(wrong);
      moveIntoPlace(temporary, folder);
      say(`${way.title}, checked, ${shown}`);
      return null;
    } catch (error) {
      if (!(error instanceof Unobtainable)) throw error;
      failures.push(`${way.title}: ${error.message}`);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  return failures;
}

/** One rename puts a checked folder in place; an older one steps aside first. */
function moveIntoPlace(temporary, folder) {
  const aside = `${temporary}-aside`;
  if (existsSync(folder)) renameSync(folder, aside);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    // Another fetch running at the same time was quicker; what it put there was checked as well.
    if (!['EEXIST', 'ENOTEMPTY'].includes(error.code)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Temporary folders of fetches that were killed. Their names begin with the process that made them. */
function removeLeftovers() {
  for (const name of readdirSync(cache)) {
    const pid = /^\.tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readFlags(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: { only: { type: 'string' }, force: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  if (values.only !== undefined && !ids.includes(values.only)) {
    throw new Error(`--only: there is no "${values.only}"; possible are ${ids.join(', ')}.`);
  }
  return values;
}
