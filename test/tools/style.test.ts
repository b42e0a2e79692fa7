/**
 * Tests the rules of style that a machine can hold. A file of src opens with a comment on what it does, which is a
 * statement and no question; no file grows beyond what one reads in one go; tests lie where their source lies; and
 * nothing under version control names a machine or a registry's host.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const linesMax = 300;

/** Folders of test/ that mirror no single folder of src/. */
const acrossFolders = ['brokers', 'conformance', 'golden', 'false-passes', 'property', 'page', 'tools', 'your-bus'];

/** Everything that is, or is about to be, under version control. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = files.filter((path) => path.startsWith('src/') && path.endsWith('.ts'));
const programs = files.filter((path) => /^(?:src|page|test|tools|benchmarks)\/.+\.(?:ts|mjs)$/.test(path));
const texts = files.filter((path) => !/\.(?:png|gz|ico)$/.test(path)).map((path) => [path, read(path)] as const);

/** Home and work folders of somebody's machine; put together here so that this file has none itself. */
const machinePath = new RegExp(`(?<![\\w.$}~-])/(?:${['root', 'home', 'Users', 'work'].join('|')})/\\w`);
/** Hosts that packages come from: package managers know them, files here need not. */
const registryHost =
  /\b(?:registry|proxy|sum|deb|static|files|repo\d?)\.[a-z][a-z-]*(?:\.[a-z]+)*\.(?:org|io|com|net)\b/;

describe('a file of src', () => {
  it('opens with a comment that says what it is for', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((path) => openingComment(read(path)).split(/\s+/).length < 5)).toEqual([]);
  });

  it(`has at most ${linesMax} lines`, () => {
    const long = sources.filter((path) => linesOf(read(path)) > linesMax);
    expect(long).toEqual([]);
  });
});

describe('the comment at the head of a program', () => {
  it('begins with a statement, not with a question', () => {
    const asking = programs.filter((path) => firstSentence(openingComment(read(path))).endsWith('?'));
    expect(asking).toEqual([]);
  });
});

describe('a test', () => {
  const tests = files.filter((path) => /^test\/.+\.test\.ts$/.test(path));

  it('lies in a folder that mirrors one of src, or in one for what goes across them', () => {
    const folders = tests.map((path) => path.split('/').slice(1, -1));
    const homeless = folders.filter(([first, ...rest]) => {
      if (first === undefined) return true;
      return !acrossFolders.includes(first) && !existsSync(['src', first, ...rest].join('/'));
    });
    expect(homeless.map((folder) => `test/${folder.join('/')}`)).toEqual([]);
  });

  it('is not run alone, which would hide all others', () => {
    const alone = tests.filter((path) => /\b(?:describe|it|test)\.only\b/.test(read(path)));
    expect(alone).toEqual([]);
  });
});

describe('a file under version control', () => {
  it('names no folder of one machine', () => {
    expect(texts.flatMap(([path, text]) => hits(path, text, machinePath))).toEqual([]);
  });

  it('names no host of a package registry', () => {
    expect(texts.flatMap(([path, text]) => hits(path, text, registryHost))).toEqual([]);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('ends with a line end and has no carriage returns', () => {
    const odd = texts.filter(
      ([path, text]) => !path.startsWith('test/golden/') && text !== '' && !/[^\r]\n$/.test(text),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  it('is found out if it breaks these rules', () => {
    const home = ['', 'home', 'somebody', 'bench'].join('/');
    expect(hits('x', `see ${home}`, machinePath)).toEqual([`x:1: see ${home}`]);
    expect(hits('x', `./test${home} and $ROOT${home}`, machinePath)).toEqual([]);
    const host = ['registry', 'example', 'org'].join('.');
    expect(hits('x', `ok\nhttps://${host}/left`, registryHost)).toEqual([`x:2: https://${host}/left`]);
    expect(openingComment('import a from "b";\n// late')).toBe('');
    expect(openingComment('#!/usr/bin/env node\n// What\n// is it?\nconst a = 1;')).toBe('What is it?');
    expect(firstSentence('Where is it (in `src/a.ts`)? There.')).toBe('Where is it (in `src/a.ts`)?');
    expect(firstSentence('It is here. Where is it?')).toBe('It is here.');
    expect(linesOf('a\nb\n')).toBe(2);
  });
});

function hits(path: string, text: string, pattern: RegExp): string[] {
  return text
    .split('\n')
    .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : []));
}

/** The comment at the head of a file, in words; empty if something else comes first. */
function openingComment(text: string): string {
  const head = text.replace(/^#!.*\n/, '');
  const comment = /^\/\*\*?([\s\S]*?)\*\//.exec(head)?.[1] ?? /^(?:\/\/.*\n)+/.exec(head)?.[0] ?? '';
  return comment
    .replaceAll(/^\s*(?:\*|\/\/) ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Up to the first point, question mark or exclamation mark that a space or the end follows. */
function firstSentence(words: string): string {
  return /^.*?[.?!](?= |$)/.exec(words)?.[0] ?? words;
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
