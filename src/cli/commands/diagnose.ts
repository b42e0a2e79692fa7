/**
 * The command `diagnose`: explains a recorded run, offline. It gives the causes in full, and answers claims about the
 * run. It judges nothing.
 */
import { Argument, Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import { claimIds } from '../../domain/report/claim-answer.js';
import type { CliContext } from '../context.js';
import { addOutputOptions, addProgressOptions } from '../options/output-options.js';
import type { OutputOptions, ProgressOptions } from '../options/output-options.js';

const examples = `
Examples:
  eventbus-bench run --trace trace.ndjson
  eventbus-bench diagnose trace.ndjson
      why order was lost: all evidence, and what to change
  eventbus-bench diagnose reports/latest.json --row multi/shared#1
      the same of one row of a stored report
  eventbus-bench diagnose trace.ndjson --claim many-writers \\
    --claim shared-durable
      is it true? supported, refuted or undecided, and on what numbers

Exit codes: 0 it was read, whatever it says; 64 no such file, row or claim,
or neither a trace nor a report. Whether order held is what check tells.`;

interface DiagnoseOptions extends OutputOptions, ProgressOptions {
  readonly claim?: readonly string[];
  readonly row?: string;
}

export function createDiagnoseCommand(context: CliContext): Command {
  const command = new Command('diagnose')
    .summary('explain why a recorded run lost order, and answer claims')
    .description(
      'Explain why a recorded run lost order: each cause with all of its evidence, and what to change. With --claim: whether a claim about the run is true.',
    )
    .addArgument(
      new Argument('<trace>', 'a trace that run --trace wrote, or a report; - for a trace from standard input'),
    )
    .addOption(
      new Option(
        '--claim <id>',
        'A cause that is claimed, or a control (list hazards): supported, refuted or undecided. May be given several times.',
      )
        .argParser((id: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), ...id.split(',')])
        .helpGroup('Diagnosis:'),
    )
    .addOption(new Option('--row <id>', 'Only this row, such as multi/shared#1.').helpGroup('Diagnosis:'));
  addOutputOptions(command);
  addProgressOptions(command);
  return command
    .addHelpText('after', examples)
    .action((trace: string) =>
      diagnose(context, command.opts(), trace).then(() => void (context.exitCode = exitCodes.ok)),
    );
}

async function diagnose(context: CliContext, options: DiagnoseOptions, path: string): Promise<void> {
  const { console } = context;
  const claims = options.claim ?? [];
  for (const id of claims) await checkClaim(id);
  const { readWithProgress } = await import('../read-with-progress.js');
  const { readDiagnosed } = await import('../diagnose/read-diagnosed.js');
  const report = await readWithProgress(context, options, {
    ...{ command: 'diagnose', path },
    read: (hooks) => readDiagnosed(path, hooks),
  });
  const { answerClaim } = await import('../../diagnosis/hypotheses/answer-claim.js');
  const runs = options.row === undefined ? report.runs : report.runs.filter(({ id }) => id === options.row);
  if (runs.length === 0)
    throw noSuchRow(
      options.row,
      report.runs.map(({ id }) => id),
    );
  const rows = runs.map((row) => ({ row, claims: claims.map((id) => answerClaim(id, row)) }));
  if (options.json === true) {
    const { diagnosisData } = await import('../diagnose/diagnosis-data.js');
    await console.out(`${JSON.stringify(diagnosisData(rows, report), null, 2)}\n`);
    return;
  }
  const { diagnosisView } = await import('../../report/view/diagnosis-view.js');
  const { renderDiagnosis } = await import('../../report/terminal/diagnosis-lines.js');
  const { createTheme } = await import('../../report/terminal/theme.js');
  const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
  const views = rows.map((row) => diagnosisView(row, report));
  await console.out(renderDiagnosis(views, { width: console.width, theme }));
}

/** @throws {UsageError} naming the nearest claim */
async function checkClaim(id: string): Promise<void> {
  if (claimIds.includes(id)) return;
  const { nearest } = await import('../../scenario/nearest.js');
  const meant = nearest(id, claimIds);
  throw new UsageError(
    `there is no cause or control ${id} to claim`,
    meant === null ? 'eventbus-bench list hazards shows them all' : `did you mean ${meant}?`,
  );
}

function noSuchRow(row: string | undefined, ids: readonly string[]): UsageError {
  if (row === undefined) return new UsageError('there is no row in it', 'record a run with at least one row');
  return new UsageError(`there is no row ${row} in it`, `name one of ${ids.slice(0, 8).join(', ')}`);
}
