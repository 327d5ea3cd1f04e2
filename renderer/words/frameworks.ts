// The frameworks an evidence pack can be for, with the edition their controls are taken from.

import type { Framework } from '#core/model.ts';

export const frameworkNames: Record<Framework, { name: string; edition: string }> = {
  iso27001: { name: 'ISO/IEC 27001', edition: '2022, Annex A' },
  soc2: { name: 'SOC 2', edition: 'Trust Services Criteria 2017, revised 2022' },
  iec62443: { name: 'IEC 62443-3-3', edition: '2013, system requirements' },
};
