// How every script ends: an expected failure is a sentence and an exit code, anything else is a bug with its stack.
import { AppError } from '#core/errors.ts';

/** Runs a script's work and ends the process: 0 or the code it gives; 2 wrong usage; 3 the machine is at fault. */
export async function runScript(work: () => Promise<number | undefined>): Promise<never> {
  try {
    process.exit((await work()) ?? 0);
  } catch (error) {
    if (error instanceof AppError) {
      console.error(`\n${error.message}`);
      process.exit(error.code === 'usage' ? 2 : error.code === 'environment' ? 3 : 1);
    }
    console.error(error);
    process.exit(1);
  }
}
