// What the screen of access reviews asks the engine to note. Each throws what the engine says, as a sentence.

import type { Input } from '#core/contract.ts';
import { connection, queries } from '../engine/engine.ts';

type Step = 'campaigns.assign' | 'campaigns.decide' | 'campaigns.close';

/** Notes a step of an access review; what is shown of it is asked for again. */
export async function note<N extends Step>(step: N, input: Input<N>): Promise<void> {
  if (input.person.trim() === '')
    throw new Error('Set your name first: everything in a review is kept with it.');
  const client = await connection.client();
  await client.command(step, input);
  for (const call of ['campaigns.list', 'campaigns.show', 'campaigns.entries'])
    await queries.invalidateQueries({ queryKey: [call] });
}

/** Freezes the rights of a day as a new access review, and gives its number. */
export async function openCampaign(input: Input<'campaigns.open'>): Promise<number> {
  const client = await connection.client();
  const { campaign } = await client.run('campaigns.open', input);
  await queries.invalidateQueries({ queryKey: ['campaigns.list'] });
  return campaign;
}

/** Writes the review as a workbook into a granted folder, and gives the file's name. */
export async function saveBook(campaign: number, into: string): Promise<string> {
  const client = await connection.client();
  return (await client.run('campaigns.book', { campaign, into })).file;
}
