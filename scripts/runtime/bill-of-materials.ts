// What is inside a package, for those who have to allow it: a CycloneDX bill of materials and the licences of all
// parts. The bundler writes down which packages it took code from (electron.vite.config.ts), the lock file says which
// ship whole; so the lists name what is in the package and not what the project was developed with.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { projectFolder } from './build.ts';
import { readRelease } from './release.ts';

/** The folder of the bundler's lists, one file for each runtime. */
export const bundledLists = join(projectFolder, 'out', 'packages');

type Locked = { version?: string; integrity?: string; license?: string; dev?: boolean; optional?: boolean };
/** One package in the application. `integrity` is npm's, as `sha512-…`; `text` the licence it came with. */
export type Part = { name: string; version: string; license: string; integrity: string | null; text: string };

/**
 * Every npm package with code in the application, sorted by name.
 * @throws AppError `input` when the application was not built
 */
export function listParts(): Part[] {
  if (!existsSync(bundledLists)) throw new AppError('input', 'Build the application first: npm run build');
  const { packages } = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const bundled = readdirSync(bundledLists).flatMap(
    (file) => JSON.parse(readFileSync(join(bundledLists, file), 'utf8')) as string[],
  );
  const whole = Object.entries(packages)
    .filter(([path, locked]) => path.startsWith('node_modules/') && !locked.dev && !locked.optional)
    .map(([path]) => path);
  return [...new Set([...bundled, ...whole])]
    .filter((path) => packages[path])
    .sort()
    .map((path) => describePart(path, packages[path] as Locked));
}

/** Writes `sbom.cdx.json` and `THIRD-PARTY-LICENCES.txt` into the package's resources. */
export function writeBillOfMaterials(resources: string, electronVersion: string): void {
  const parts = listParts();
  writeFileSync(
    join(resources, 'sbom.cdx.json'),
    `${JSON.stringify(describeParts(parts, electronVersion), null, 2)}\n`,
  );
  const texts = parts.map(
    ({ name, version, license, text }) =>
      `${'='.repeat(78)}\n${name} ${version}\n${license}\n${'='.repeat(78)}\n${text}\n`,
  );
  writeFileSync(
    join(resources, 'THIRD-PARTY-LICENCES.txt'),
    `Exhibit contains code of these packages. Electron and Chromium have lists of their own beside the program.\n\n${texts.join('\n')}`,
  );
}

/** The parts as CycloneDX 1.6 (cyclonedx.org/docs/1.6/json). No date and no serial number: the same parts, the same bytes. */
export function describeParts(parts: readonly Part[], electronVersion: string): object {
  const { name, version } = readRelease();
  const purl = (name: string, version: string) =>
    `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${version}`;
  const component = (part: Part) => ({
    type: 'library',
    'bom-ref': purl(part.name, part.version),
    name: part.name,
    version: part.version,
    purl: purl(part.name, part.version),
    ...(part.integrity?.startsWith('sha512-')
      ? {
          hashes: [
            { alg: 'SHA-512', content: Buffer.from(part.integrity.slice(7), 'base64').toString('hex') },
          ],
        }
      : {}),
    licenses: [/[ ()]/.test(part.license) ? { expression: part.license } : { license: { id: part.license } }],
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': name, name, version } },
    components: [
      {
        type: 'framework',
        'bom-ref': purl('electron', electronVersion),
        name: 'electron',
        version: electronVersion,
        purl: purl('electron', electronVersion),
        licenses: [{ license: { id: 'MIT' } }],
      },
      ...parts.map(component),
    ],
  };
}

function describePart(path: string, locked: Locked): Part {
  const folder = join(projectFolder, path);
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const file = existsSync(folder)
    ? readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one))
    : undefined;
  return {
    name,
    version: locked.version ?? 'unknown',
    license: locked.license ?? 'unknown',
    integrity: locked.integrity ?? null,
    text: file
      ? readFileSync(join(folder, file), 'utf8').trim()
      : 'The package comes without a licence text.',
  };
}
