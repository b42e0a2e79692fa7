/**
 * Shows what `--version` prints: the tool's version and commit, and with what a run would be made here, one a line. The
 * first line is the name and the version, for scripts.
 */
import { brokersHere, type BrokersHere } from '../run/brokers-here.js';
import { readBuildInfo } from '../run/tool-info.js';
import { listed } from '../text/lists.js';
import { printable } from '../text/printable.js';
import type { CliContext } from './context.js';

/** Thrown while the arguments are parsed, if the version is asked for. */
export class VersionAsked extends Error {}

export async function showVersion({ console, args }: CliContext): Promise<void> {
  const { name, version, gitCommit, hasChanges } = readBuildInfo();
  const { natsBinaries, privateKafka } = await brokersHere();
  const { files, java } = privateKafka;
  if (args.includes('--json')) {
    const { platform, arch, versions } = process;
    const tool = { name, version, gitCommit, hasChanges, node: versions.node, platform, arch };
    const data = { ...tool, natsServers: natsBinaries, kafkas: files, java };
    await console.out(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  const missing = 'not found; see eventbus-bench list brokers';
  const lines: readonly (readonly [what: string, text: string])[] = [
    ['commit', gitCommit === null ? 'unknown' : `${gitCommit}${hasChanges ? ', with changes' : ''}`],
    ['Node.js', process.versions.node],
    ['platform', `${process.platform} ${process.arch}`],
    ['nats-server', foundOr(missing, natsBinaries)],
    ['Kafka', foundOr(missing, files)],
    ['Java', javaText(java, missing)],
  ];
  const { wrapText } = await import('../report/terminal/line-wrapping.js');
  const text = lines.flatMap(([what, found]) => wrapText(printable(found), console.width, what.padEnd(13)));
  await console.out(`${[`${name} ${version}`, ...text].join('\n')}\n`);
}

const sources = { cache: 'in the broker cache', path: 'on the PATH', home: 'in KAFKA_HOME' } as const;

function foundOr(
  missing: string,
  found: readonly { readonly version: string; readonly source: keyof typeof sources }[],
): string {
  if (found.length === 0) return missing;
  const bySource = [...new Set(found.map(({ source }) => source))].map((source) => {
    const versions = found.filter((one) => one.source === source).map(({ version }) => version);
    return `${listed(versions, 'and')} ${sources[source]}`;
  });
  return bySource.join(', ');
}

function javaText(java: BrokersHere['privateKafka']['java'], missing: string): string {
  if (java.kind === 'missing') return missing;
  return `${String(java.version)}${java.kind === 'too old' ? ', too old for Kafka' : ''}`;
}
