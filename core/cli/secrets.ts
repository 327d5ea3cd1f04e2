// Secrets of the command line: from a file descriptor or the environment, never from an argument, which other users
// of the machine can read in its list of processes.

import { readFileSync } from 'node:fs';
import { AppError } from '#core/errors.ts';
import { requireSecretName, type Secrets } from '#core/secrets.ts';
import { numberOption, type Options, textOption } from './options.ts';

/** The variable that holds a secret: `source:acme:token` is in EXHIBIT_SECRET_SOURCE_ACME_TOKEN. */
export function secretVariable(name: string): string {
  return `EXHIBIT_SECRET_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/**
 * The secrets that a command was given: lines `NAME=SECRET` on the descriptor that --secret-fd names, read to its end;
 * for others the variable of their name. The key that signs is in the file that --key or EXHIBIT_SIGNING_KEY names. Throws AppError when the descriptor cannot be read or a line has no name.
 */
export function commandSecrets(options: Options, env: NodeJS.ProcessEnv = process.env): Secrets {
  const fd = numberOption(options, 'secret-fd', 0, 1 << 20);
  const given = fd === null ? new Map<string, string>() : readLines(fd);
  const keyFile = textOption(options, 'key') ?? (env.EXHIBIT_SIGNING_KEY || null);
  return {
    get: async (name) => {
      if (keyFile !== null && /^(signing|requests):/.test(name)) return readKeyFile(keyFile);
      return given.get(name) ?? (env[secretVariable(name)] || null);
    },
    keep: async () => {
      throw new AppError('usage', 'The command line keeps no secrets: give them to each command.');
    },
  };
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError(
      'input',
      `The key ${file} cannot be read. Name the file that “exhibit key new” wrote.`,
      {
        cause,
      },
    );
  }
}

function readLines(fd: number): Map<string, string> {
  let text: string;
  try {
    text = readFileSync(fd, 'utf8');
  } catch (cause) {
    throw new AppError(
      'input',
      `--secret-fd ${fd} cannot be read. Open it for this command, such as ${fd}<file.`,
      {
        cause,
      },
    );
  }
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return new Map(
    lines.map((line, index) => {
      const at = line.indexOf('=');
      // The line itself is not shown: it may be the secret.
      if (at < 1 || at === line.length - 1) {
        throw new AppError('input', `Line ${index + 1} of --secret-fd ${fd} is not NAME=SECRET.`);
      }
      const name = line.slice(0, at);
      requireSecretName(name);
      return [name, line.slice(at + 1)];
    }),
  );
}
