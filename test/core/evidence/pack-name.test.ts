import { describe, expect, it } from 'vitest';
import { packFolderName, safePart } from '#core/evidence/pack-name.ts';
import { request } from './create.ts';

const nameOf = (organisation: string) => packFolderName(request({ organisation }), 'EX-ABCD-EFGH-IJKL-MNOP');

describe('the name of a pack', () => {
  it('says organisation, framework, period and id', () => {
    expect(nameOf('Acme GmbH')).toBe('Acme-GmbH_ISO27001_2026-01-01--2026-03-31_EX-ABCD-EFGH-IJKL-MNOP');
  });

  it('is one legal folder name, whatever the organisation is called', () => {
    for (const organisation of [
      '',
      '../../etc',
      'CON',
      'a/b\\c:d*e?f"g<h>i|j',
      '...',
      'nul.txt',
      '\u0000\n',
      '日本電機',
      'x'.repeat(500),
      '😀'.repeat(90),
    ]) {
      const name = nameOf(organisation);
      expect(name).toMatch(/^[\p{L}\p{M}\p{N}_-]+$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150);
    }
  });

  it('never is a name Windows keeps for itself', () => {
    expect(safePart('con', 60)).toBe('con-');
    expect(safePart('LPT1', 60)).toBe('LPT1-');
  });

  it('cuts between characters', () => {
    expect(safePart('éé', 3)).toBe('é');
  });
});
