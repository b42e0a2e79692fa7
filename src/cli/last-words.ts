/**
 * Says what is kept when a command is ended by Ctrl-C before it could say so itself. It is loaded before everything
 * else, so it imports nothing.
 */
const startOver = '  run the same command again to start over';

const words: Readonly<Record<string, string>> = {
  run: `interrupted before anything was run; nothing was kept\n${startOver}`,
  compare: `interrupted before anything was run; nothing was kept\n${startOver}`,
  check: `interrupted before the trace was judged; check keeps nothing, and the trace is as it was\n${startOver}`,
  gate: `interrupted before the gates were applied; gate keeps nothing\n${startOver}`,
  report: `interrupted before the report was rendered; no file was written\n${startOver}`,
  doctor: `interrupted before everything was looked at; doctor keeps nothing\n${startOver}`,
  clean: 'interrupted: what was removed until now is gone, and the rest is as it was\n  run clean again for the rest',
};

/** @param command as typed; undefined if there is none */
export function wordsOfCommand(command: string | undefined): string {
  return words[command ?? ''] ?? `interrupted: nothing was kept\n${startOver}`;
}
