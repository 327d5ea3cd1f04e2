// What a command does before it uses the network: asks whether it may, and trusts what this computer trusts.

import tls from 'node:tls';
import { AppError } from '#core/errors.ts';
import type { Options } from './options.ts';

/** Throws AppError('usage') where this command must not use the network; else certificates of the system count, too. */
export function prepareNetwork({ values }: Options): void {
  if (values.offline === true || process.env.EXHIBIT_OFFLINE)
    throw new AppError(
      'usage',
      'The network is forbidden here (--offline or EXHIBIT_OFFLINE). Nothing was sent.',
    );
  trustSystem();
}

/** Adds the certificates that this computer trusts to those that Node has; older Nodes cannot. */
function trustSystem(): void {
  const { getCACertificates, setDefaultCACertificates } = tls as unknown as {
    getCACertificates?: (kind: string) => string[];
    setDefaultCACertificates?: (certificates: string[]) => void;
  };
  if (!getCACertificates || !setDefaultCACertificates) return;
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
}
