/** A source that is named twice is refused, whatever it is called. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { refuseTwice } from '../../../src/record/input/named-twice.js';

const folder = mkdtempSync(join(tmpdir(), 'named-twice-'));
const path = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

writeFileSync(path('a.log'), 'a');
writeFileSync(path('b.log'), 'a');
symlinkSync(path('a.log'), path('link'));
symlinkSync('loop', path('loop'));

describe('sources of a record', () => {
  it.each([
    ['the same name twice', [path('a.log'), path('b.log'), path('a.log')], 'a.log is named twice'],
    ['two names of one file', [path('a.log'), `${folder}/./a.log`], 'are the same file'],
    ['a file and a link to it', [path('link'), path('a.log')], 'are the same file'],
    ['standard input twice', ['-', '-'], 'standard input is named twice'],
    ['a file twice that is not there', [path('no'), path('no')], 'no is named twice'],
  ])('are refused: %s', (_, paths, says) => {
    expect(() => refuseTwice(paths)).toThrow(says);
  });

  it('may be several files of the same content, and some that are not there or lead nowhere', () => {
    expect(() => refuseTwice(['-', path('a.log'), path('b.log'), path('no'), path('loop')])).not.toThrow();
  });
});
