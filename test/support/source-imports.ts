// Reads which files import which, from the text of the sources: enough to hold the rules of the house, without a
// compiler. Strings that merely look like imports do not occur in well-formatted sources; comments are removed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';

export type Import = {
  /** The importing file, from the project's folder. */
  from: string;
  /** As written. */
  written: string;
  /** The imported file, from the project's folder; undefined for a package or a Node module. */
  to: string | undefined;
  /** Nothing of it is there at run time. */
  typeOnly: boolean;
};

export const projectFolder = resolve(import.meta.dirname, '..', '..');

/** All files below a folder of the project with one of these endings, as paths from the project's folder. */
export function listFiles(folder: string, endings: readonly string[]): string[] {
  const absolute = join(projectFolder, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(projectFolder, join(entry.parentPath, entry.name)))
    .sort();
}

/** The text of a file of the project. */
export function readSource(file: string): string {
  return readFileSync(join(projectFolder, file), 'utf8');
}

/** What a file imports, whether statically, for its effects or with `import()`. */
export function readImports(file: string): Import[] {
  return parseImports(readSource(file)).map(({ written, typeOnly }) => ({
    from: file,
    written,
    to: resolveImport(file, written),
    typeOnly,
  }));
}

/** The imports in a source text. */
export function parseImports(source: string): { written: string; typeOnly: boolean }[] {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: { written: string; typeOnly: boolean }[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s([^'";]*?)\sfrom\s+'([^']+)'/gm)) {
    found.push({ written: match[2] as string, typeOnly: isTypeOnly(match[1] as string) });
  }
  for (const match of text.matchAll(/^\s*import\s+'([^']+)'/gm)) {
    found.push({ written: match[1] as string, typeOnly: false });
  }
  for (const match of text.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/g)) {
    found.push({ written: match[2] as string, typeOnly: match[1] !== undefined });
  }
  return found;
}

// `import type …`, or braces in which every name is marked as a type.
function isTypeOnly(clause: string): boolean {
  const trimmed = clause.trim();
  if (/^type\s/.test(trimmed)) return true;
  const braces = /^\{([\s\S]*)\}$/.exec(trimmed);
  if (!braces) return false;
  const names = (braces[1] as string).split(',').filter((name) => name.trim() !== '');
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
}

function resolveImport(from: string, written: string): string | undefined {
  if (written.startsWith('#')) return written.slice(1);
  if (written.startsWith('.')) return normalize(join(dirname(from), written));
  return undefined;
}
