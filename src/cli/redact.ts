/**
 * Makes of a command what a report records of it. Passwords and tokens are replaced, user and password are removed from a
 * server's URL, and `--open` is left out, since a browser that opens is no part of the run. Everything else stays as it
 * was typed, so that the command can be repeated.
 */
import { redactUrl } from '../run/connection.js';

const secretFlags = ['--nats-password', '--nats-token', '--kafka-password'];
const replacement = 'REDACTED';

export function redactCommand(args: readonly string[]): readonly string[] {
  const safe = args.map((argument, at) => {
    const before = args[at - 1] ?? '';
    const [flag, value] = splitAssignment(argument);
    if (value !== undefined && (secretFlags.includes(flag) || flag === '--nats-url'))
      return `${flag}=${redacted(flag, value)}`;
    return secretFlags.includes(before) || before === '--nats-url' ? redacted(before, argument) : argument;
  });
  return safe.filter((argument) => argument !== '--open');
}

function redacted(flag: string, value: string): string {
  return flag === '--nats-url' ? redactUrl(value) : replacement;
}

function splitAssignment(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return argument.startsWith('--') && at > 0 ? [argument.slice(0, at), argument.slice(at + 1)] : [argument, undefined];
}
