// What dpkg and apt say, and what follows from it.
import { describe, expect, test } from 'vitest';
import {
  findMissing,
  installLine,
  parseCandidates,
  parseInstalled,
  pickNames,
} from '#scripts/runtime/debian-packages.ts';

describe('installed packages', () => {
  const output =
    'libnss3\tinstalled\nxvfb\tconfig-files\nlibasound2t64\tinstalled\nlibgtk-3-0\tnot-installed\n';

  test('are those dpkg calls installed; a removed one that left its settings is not', () => {
    expect(parseInstalled(output)).toEqual(new Set(['libnss3', 'libasound2t64']));
    expect(parseInstalled('')).toEqual(new Set());
  });

  test('fill a need under any of its names', () => {
    const groups = [['libasound2', 'libasound2t64'], ['libnss3'], ['libgtk-3-0', 'libgtk-3-0t64'], ['xvfb']];
    expect(findMissing(groups, parseInstalled(output))).toEqual([['libgtk-3-0', 'libgtk-3-0t64'], ['xvfb']]);
  });
});

describe('the name to install', () => {
  const policy = [
    'libgtk-3-0:',
    '  Installed: (none)',
    '  Candidate: (none)',
    '  Version table:',
    'libgtk-3-0t64:',
    '  Installed: (none)',
    '  Candidate: 3.24.49-3',
    '  Version table:',
    '     3.24.49-3 500',
    '',
  ].join('\n');

  test('is the one the system has a candidate for', () => {
    const known = parseCandidates(policy);
    expect(known).toEqual(new Set(['libgtk-3-0t64']));
    expect(pickNames([['libgtk-3-0', 'libgtk-3-0t64']], known)).toEqual(['libgtk-3-0t64']);
  });

  test('is the first when apt knows none, so that its own message names it', () => {
    expect(pickNames([['libgtk-3-0', 'libgtk-3-0t64']], new Set())).toEqual(['libgtk-3-0']);
  });

  test('ends up in one line to copy', () => {
    const line = installLine(['xvfb', 'xauth']);
    expect(line).not.toContain('\n');
    expect(line).toMatch(/^sudo apt-get update && sudo apt-get install -y .*xvfb xauth$/);
  });
});
