import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  initialWorkspace,
  recentWorkspace,
  recentWorkspaces,
  rememberWorkspace,
  requireWorkspaceFolder,
  sampleWorkspace,
} from '../../main/workspace.ts';
import { makeFolder } from './folder.ts';

describe('at start Exhibit opens', () => {
  test('the workspace named on the command line, relative to where it was called', () => {
    const userData = makeFolder();
    rememberWorkspace(userData, makeFolder());
    expect(initialWorkspace(userData, ['exhibit', '--workspace=audits/2026'], '/home/ada')).toBe(
      '/home/ada/audits/2026',
    );
  });

  test('else the one opened last', () => {
    const [userData, last] = [makeFolder(), makeFolder()];
    rememberWorkspace(userData, sampleWorkspace(userData));
    rememberWorkspace(userData, last);
    expect(initialWorkspace(userData, ['exhibit'], '/')).toBe(last);
  });

  test('else the default one', () => {
    const userData = makeFolder();
    expect(initialWorkspace(userData, ['exhibit', '--workspace='], '/')).toBe(
      join(userData, 'workspaces', 'default'),
    );
  });

  test('the default one when the last one’s folder is gone', () => {
    const [userData, last] = [makeFolder(), makeFolder()];
    rememberWorkspace(userData, last);
    rmSync(last, { recursive: true });
    expect(initialWorkspace(userData, [], '/')).toBe(join(userData, 'workspaces', 'default'));
  });

  test.each(['', '{', '[]', '{"last":7}', '{"last":"../relative"}'])(
    'the default one when its memory reads %j',
    (content) => {
      const userData = makeFolder();
      writeFileSync(join(userData, 'workspace.json'), content);
      expect(initialWorkspace(userData, [], '/')).toBe(join(userData, 'workspaces', 'default'));
    },
  );
});

describe('a folder can be opened as a workspace', () => {
  test('when it is empty but for hidden files', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, '.DS_Store'), '');
    expect(() => requireWorkspaceFolder(folder)).not.toThrow();
  });

  test('when it is one, whatever else lies there', () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'packs'));
    writeFileSync(join(folder, 'events.db'), '');
    expect(() => requireWorkspaceFolder(folder)).not.toThrow();
  });

  test('but not when it holds a person’s other files', () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'letter.txt'), '');
    expect(() => requireWorkspaceFolder(folder)).toThrow('Choose a folder that is a workspace already');
  });
});

describe('workspaces opened lately', () => {
  test('are listed once each, the last one first, as long as they are there', () => {
    const [userData, first, second] = [makeFolder(), makeFolder(), makeFolder()];
    for (const folder of [first, second, first]) rememberWorkspace(userData, folder);
    expect(recentWorkspaces(userData).map(({ folder }) => folder)).toEqual([first, second]);
    rmSync(second, { recursive: true });
    expect(recentWorkspaces(userData).map(({ folder }) => folder)).toEqual([first]);
  });

  test('are opened by an id, and one that is gone says so', () => {
    const [userData, folder] = [makeFolder(), makeFolder()];
    rememberWorkspace(userData, folder);
    const id = recentWorkspaces(userData)[0]?.id ?? '';
    expect(recentWorkspace(userData, id)).toBe(folder);
    rmSync(folder, { recursive: true });
    expect(() => recentWorkspace(userData, id)).toThrow('not where it was');
  });
});
