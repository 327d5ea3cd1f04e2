// The packaged folder as a package for Debian and its children, made with dpkg-deb alone: electron-builder's target
// fetches a packer from a release page.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { listFiles } from './archives.ts';
import { projectFolder } from './build.ts';
import { capture } from './commands.ts';
import { readRelease, sourceDate } from './release.ts';

/** Debian's names for this kind of machine. */
const architectures: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** What Electron loads from the system. Newer systems have renamed some. */
const depends = [
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libxss1',
  'xdg-utils',
];

/**
 * Makes the package.
 * @param folder the packaged application, as `dist/linux-unpacked`
 * @param output where the file goes
 * @param compression of dpkg-deb; `gzip` is quick, for tests
 * @returns its path
 * @throws AppError `environment` when dpkg-deb is missing or fails
 */
export async function makeDeb(
  folder: string,
  output: string,
  compression: 'xz' | 'gzip' = 'xz',
): Promise<string> {
  const { name, version } = readRelease();
  const architecture = architectures[process.arch] ?? process.arch;
  const seconds = await sourceDate();
  const root = mkdtempSync(join(tmpdir(), 'exhibit-deb-'));
  try {
    layOut(root, folder);
    writeControl(root, { name, version, architecture });
    for (const file of listFiles(root)) utimesSync(file, seconds, seconds);
    const file = join(output, `${name}_${version}_${architecture}.deb`);
    const built = await capture(
      'dpkg-deb',
      [
        '--root-owner-group',
        `-Z${compression}`,
        ...(compression === 'gzip' ? ['-z1'] : []),
        '--build',
        root,
        file,
      ],
      // dpkg-deb gives everything younger than this the same date.
      { env: { ...process.env, SOURCE_DATE_EPOCH: String(seconds) } },
    );
    if (built.code !== 0)
      throw new AppError('environment', `dpkg-deb could not write ${file}: ${built.stderr.trim()}`);
    return file;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function layOut(root: string, folder: string): void {
  chmodSync(root, 0o755);
  const place = (...path: string[]) => {
    const made = join(root, ...path);
    mkdirSync(made, { recursive: true, mode: 0o755 });
    return made;
  };
  const program = join(place('opt'), 'Exhibit');
  cpSync(folder, program, { recursive: true });
  // The sandbox's helper, for systems that let no ordinary user make a namespace.
  chmodSync(join(program, 'chrome-sandbox'), 0o4755);
  symlinkSync('/opt/Exhibit/bin/exhibit', join(place('usr', 'bin'), 'exhibit'));
  copyFileSync(
    join(projectFolder, 'assets', 'linux', 'exhibit.desktop'),
    join(place('usr', 'share', 'applications'), 'exhibit.desktop'),
  );
  copyFileSync(
    join(projectFolder, 'assets', 'linux', 'exhibit.xml'),
    join(place('usr', 'share', 'mime', 'packages'), 'exhibit.xml'),
  );
  copyFileSync(
    join(projectFolder, 'assets', 'icon.png'),
    join(place('usr', 'share', 'icons', 'hicolor', '512x512', 'apps'), 'exhibit.png'),
  );
  copyFileSync(join(projectFolder, 'LICENSE'), join(place('usr', 'share', 'doc', 'exhibit'), 'copyright'));
}

function writeControl(root: string, about: { name: string; version: string; architecture: string }): void {
  const size = listFiles(root).reduce((sum, file) => sum + statSync(file).size, 0);
  const { description } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'));
  mkdirSync(join(root, 'DEBIAN'), { mode: 0o755 });
  writeFileSync(
    join(root, 'DEBIAN', 'control'),
    `${[
      `Package: ${about.name}`,
      `Version: ${about.version}`,
      `Architecture: ${about.architecture}`,
      'Maintainer: The Exhibit maintainers <maintainers@exhibit.invalid>',
      `Installed-Size: ${Math.ceil(size / 1024)}`,
      `Depends: ${depends.join(', ')}`,
      'Section: utils',
      'Priority: optional',
      `Description: evidence packs from audit logs, offline`,
      ` ${description}`,
    ].join('\n')}\n`,
  );
}
