import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { colorByEnvironment, createConsole } from '../../src/cli/console.js';

describe('colour', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ])('with %j, on a stream that has colour: %s, is %s', (env, detected, expected) => {
    expect(colorByEnvironment(env, detected)).toBe(expected);
  });
});

describe('a message on standard error', () => {
  const message =
    'error: a message that is much longer than forty columns\n  a way out that is longer than that too, a:b';

  it('is wrapped to COLUMNS if that is set, with the way out below what is wrong', async () => {
    expect(await written(message, { COLUMNS: '40' })).toBe(
      [
        'error: a message that is much longer',
        '       than forty columns',
        '  a way out that is longer than that',
        '  too, a:b',
        '',
      ].join('\n'),
    );
  });

  it('keeps its lines where no width is known, so that logs can be searched', async () => {
    expect(await written(message, {})).toBe(`${message}\n`);
  });

  it('has no control characters, whoever wrote it', async () => {
    expect(await written('note: \u001b[2J\u009b\rx', {})).toBe('note: \\x1b[2J\\x9b\\x0dx\n');
  });
});

/** What a console writes to a standard error that is no terminal. */
async function written(message: string, env: NodeJS.ProcessEnv): Promise<string> {
  const stderr = new PassThrough();
  const process = { stdout: new PassThrough(), stderr, env } as unknown as NodeJS.Process;
  await createConsole(process).err(message);
  return String(stderr.read());
}
