/** The flags of a command, `--handler-fail 2% --idempotent`, as `resolveScenario` takes them. */
import type { ScenarioFlags } from '../../src/scenario/flags.js';

export function flagsOf(command: string): ScenarioFlags {
  const given = command.split(/(?:^|\s)--/).filter((flag) => flag !== '');
  return Object.fromEntries(
    given.map((flag) => {
      const [name = '', value] = flag.split(' ');
      return [name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()), value ?? true];
    }),
  );
}
