import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/cli/describe-error.js';
import { BrokerError, InternalError, InterruptedError, UsageError } from '../../src/domain/errors.js';

describe('what a user sees of an error', () => {
  it.each<[Error, number, string]>([
    [new UsageError('this is wrong', 'do that'), 64, 'error: this is wrong\n  do that'],
    [new BrokerError('no broker', 'start one'), 69, 'error: no broker\n  start one'],
    [new InterruptedError(), 130, 'interrupted\n  run the same command again to start over'],
  ])('is its sentence and the way out', (error, exitCode, text) => {
    expect(describeError(error, false)).toEqual({ exitCode, text });
  });

  it.each([new Error('boom'), new InternalError('boom'), 'boom'])(
    'is how to report it, if it is a bug of ours',
    (error) => {
      const { exitCode, text } = describeError(error, false);
      expect(exitCode).toBe(70);
      expect(text).toContain('boom');
      expect(text).toContain('please report this');
      expect(text).not.toMatch(/^\s+at /m);
    },
  );

  it('cannot drive the terminal, whatever name it quotes', () => {
    const { text } = describeError(new UsageError('unknown field "\u001b[2Jx\u009b\u202e"', 'a\nb'), false);
    expect(text).toBe('error: unknown field "\\x1b[2Jx\\x9b\\u{202e}"\n  a\\x0ab');
  });

  it('keeps the lines that point at a place in the message', () => {
    const { text } = describeError(new UsageError('not an expression\n    x>\n      ^', 'write x>0'), false);
    expect(text).toBe('error: not an expression\n    x>\n      ^\n  write x>0');
  });

  it('has the stack trace if that was asked for', () => {
    expect(describeError(new Error('boom'), true).text).toMatch(/^\s+at /m);
  });

  it('is the nearest flag, if a flag was misspelt', () => {
    const error = new CommanderError(
      1,
      'commander.unknownOption',
      "error: unknown option '--topcis'\n(Did you mean --topics?)",
    );
    expect(describeError(error, false).text).toBe("error: unknown option '--topcis'\n  did you mean --topics?");
  });
});
