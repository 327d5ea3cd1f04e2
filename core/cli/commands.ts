// The commands by their names. They call what the window calls. The code of each is loaded when it is run: loading that of
// all takes longer than most of them run.

import type { Command } from './with-context.ts';

/** Loads a command by its name. */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['import', async () => (await import('./import-commands.ts')).runImport],
  ['remap', async () => (await import('./import-commands.ts')).runRemap],
  ['events', async () => (await import('./event-commands.ts')).runEvents],
  ['around', async () => (await import('./around-command.ts')).runAround],
  ['note', async () => (await import('./note-commands.ts')).runNote],
  ['notes', async () => (await import('./note-commands.ts')).runNotes],
  ['identities', async () => (await import('./identity-commands.ts')).runIdentities],
  ['count', async () => (await import('./log-commands.ts')).runCount],
  ['changes', async () => (await import('./change-commands.ts')).runChanges],
  ['state', async () => (await import('./change-commands.ts')).runState],
  ['tickets', async () => (await import('./ticket-commands.ts')).runTickets],
  ['access', async () => (await import('./access-commands.ts')).runAccess],
  ['reconcile', async () => (await import('./access-commands.ts')).runReconcile],
  ['leavers', async () => (await import('./access-commands.ts')).runLeavers],
  ['campaign', async () => (await import('./campaign-commands.ts')).runCampaign],
  ['show', async () => (await import('./show-command.ts')).runShow],
  ['sessions', async () => (await import('./session-commands.ts')).runSessions],
  ['settings', async () => (await import('./settings-commands.ts')).runSettings],
  ['coverage', async () => (await import('./completeness-commands.ts')).runCoverage],
  ['continuity', async () => (await import('./completeness-commands.ts')).runContinuity],
  ['key', async () => (await import('./key-commands.ts')).runKey],
  ['sources', async () => (await import('./log-commands.ts')).runSources],
  ['presets', async () => (await import('./log-commands.ts')).runPresets],
  ['pack', async () => (await import('./pack-command.ts')).runPack],
  ['exceptions', async () => (await import('./exception-commands.ts')).runExceptions],
  ['recipes', async () => (await import('./recipe-commands.ts')).runRecipes],
  ['source', async () => (await import('./source-commands.ts')).runSource],
  ['sync', async () => (await import('./sync-commands.ts')).runSync],
  ['sign-off', async () => (await import('./sign-off-command.ts')).runSignOff],
  ['time-stamp', async () => (await import('./time-stamp-command.ts')).runTimeStamp],
  ['sign-pdf', async () => (await import('./sign-pdf-command.ts')).runSignPdf],
  ['verify', async () => (await import('./log-commands.ts')).runVerify],
  ['audit', async () => (await import('./audit-command.ts')).runAudit],
  ['request', async () => (await import('./request-command.ts')).runRequest],
]);
