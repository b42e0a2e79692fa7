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
 * @returns the commands, and a sentence on reasons that come with none, or that no sound bus under load can have
 */
export function decisiveCommands(reasons) {
  const commands = [...new Set(reasons.map((reason) => reason.decisive ?? null))];
  const lacking = reasons.filter((reason) => (reason.decisive ?? null) === null);
  const ofBroken = reasons.filter(isOfBroken);
  const named = (found) => found.map((reason) => reason.of ?? reason.kind ?? reason).join('; ');
  return {
    commands: commands.filter((command) => command !== null).map(gated),
    wrong:
      ofBroken.length > 0
        ? `exit 2 for a reason that a sound bus does not give (${named(ofBroken)})`
        : lacking.length > 0
          ? `exit 2 without a command that makes it decisive (${named(lacking)})`
          : null,
  };
}

/** Its command changes the bus, or leaves out what was to be done to it: that decides nothing about this one. */
function isOfBroken({ kind, of, numbers }) {
  if (kind === 'latent') return of !== 'near-timeout';
  return kind === 'not-exercised' && numbers.effects === 0;
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
