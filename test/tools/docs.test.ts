/**
 * Tests what the pages say of the tree. Every path, link and npm script that a page names exists, every folder of src
 * and every dependency is explained in docs/ARCHITECTURE.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
/** As GitHub makes anchors of them. */
function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{Letter}\d\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const architecture = readFileSync('docs/ARCHITECTURE.md', 'utf8');

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('names no file or folder that is not there', () => {
    const named = [...text.matchAll(/`((?:src|test|tools|docs|scenarios|benchmarks)\/[^`\s]*)`/g)].map(
      (match) => match[1]!,
    );
    const paths = named.filter((path) => !/[<>*…{]/.test(path));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(normalize(join(dirname(page), link))))).toEqual([]);
  });

  it('links to no heading that is not there', () => {
    const links = [...text.matchAll(/\]\(([\w/-]*(?:\.md)?)#([^)\s]+)\)/g)];
    const missing = links.filter(([, file, anchor]) => {
      const target = file === '' ? page : normalize(join(dirname(page), file!));
      return !headingsOf(readFileSync(target, 'utf8')).includes(anchor!);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('names no npm script that is not there', () => {
    const scripts = [...text.matchAll(/npm (?:run ([a-z:-]+)|(test)\b)/g)].map((match) => match[1] ?? match[2]!);
    expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  it('says of every folder of src which question it answers', () => {
    const folders = readdirSync('src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !architecture.includes(`| \`${name}/\` |`))).toEqual([]);
  });

  it('says of every dependency why it is there', () => {
    const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(packages.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins every dependency to one version', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-r\.\d+)?$/.test(version))).toEqual([]);
  });

  it('has a lock file that lacks no optional package, without which npm ci refuses to install anywhere', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Readonly<Record<string, { optionalDependencies?: Readonly<Record<string, string>> }>>;
    };
    const locked = Object.keys(packages);
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
    const missing = [...new Set(wanted)].filter(
      (name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)),
    );
    expect(missing).toEqual([]);
  });
});
