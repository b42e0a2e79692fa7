// Says which verdicts of a gate are wrong. Of a broken bus it may say: breached, or undecided; never held. Of a sound one under load: held;
// undecided in a few runs, each with the command that makes it decisive; never breached.

/** Share of the runs of sound rows that may be undecided. */
export const undecidedMax = 0.02;

/** @returns what is wrong about an exit code, or null */
export function wrongCode(isBroken, code) {
  const allowed = isBroken ? [1, 2] : [0, 2];
  return allowed.includes(code) ? null : `exit ${code} instead of ${isBroken ? '1 or 2' : '0'}`;
}

/**
 * What reasons of an undecided run say that would make it decisive: arguments of the program, each command once.
 * @param reasons of its rows, as the JSON report has them
 * @returns the commands, and a sentence on reasons that come with none
 */
export function decisiveCommands(reasons) {
  const commands = [...new Set(reasons.map((reason) => reason.decisive ?? null))];
  const lacking = reasons.filter((reason) => (reason.decisive ?? null) === null);
  const named = lacking.map((reason) => reason.of ?? reason.kind ?? reason);
  return {
    commands: commands.filter((command) => command !== null).map(gated),
    wrong: lacking.length === 0 ? null : `exit 2 without a command that makes it decisive (${named.join('; ')})`,
  };
}

/** The arguments behind the program's name. Without a gate every command exits 0, so it gets one. */
function gated(command) {
  const words = (command.match(/'(?:[^']|'\\'')*'|\S+/g) ?? []).map((word) =>
    word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word,
  );
  const given = words.slice(words[0] === 'eventbus-bench' ? 1 : 0);
  const hasGate = given.some((word) => /^--(max-violations|fail-on|confidence)\b/.test(word));
  return hasGate ? given : [...given, '--max-violations', '0'];
}
