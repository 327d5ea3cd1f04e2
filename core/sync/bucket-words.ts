// What is said of a bucket that cannot be read: what happened, what is safe, what to do.

import { AppError } from '#core/errors.ts';
import type { BucketConnection } from './connection.ts';

type Fault = {
  name: string;
  message: string;
  Code?: string;
  Region?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
};

/** An error of Amazon's client in words. `what` was asked for; `skewMs` is how far the bucket's clock is ahead. */
export function bucketFault(
  { bucket, region, profile, endpoint }: BucketConnection,
  error: unknown,
  what: string,
  skewMs: number | null,
): AppError {
  const { name, message, $metadata, $response, Region } = error as Fault;
  const status = $metadata?.httpStatusCode;
  const said = message && message !== name ? `${name}: ${message}` : name;
  if (name === 'NetworkError')
    return new AppError('environment', `The bucket ${bucket} cannot be read. ${message}`);
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return new AppError(
      'usage',
      profile === null
        ? `There are no credentials for the bucket ${bucket}. Enter an access key in the window under Sources; on the command line give it as id:secret, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile.`
        : `The profile “${profile}” of this computer gives no credentials for the bucket ${bucket} (${message}). Check its name in ~/.aws/credentials and ~/.aws/config.`,
    );
  const other =
    Region ?? $response?.headers?.['x-amz-bucket-region'] ?? /expecting '([a-z0-9-]+)'/.exec(message)?.[1];
  if (other !== undefined && other !== region && status !== undefined && status >= 300 && status < 500)
    return new AppError(
      'input',
      `The bucket ${bucket} is in the region ${other}, not in ${region}. Nothing was read; set that region and sync again.`,
    );
  if (status !== undefined && status >= 300 && status < 400)
    return new AppError(
      'input',
      `The bucket ${bucket} leads to another address (${said}). The credentials were not sent there. Check its region${endpoint === null ? '' : ' and endpoint'}, and whether its name stands in the host or in the path.`,
    );
  if (name === 'RequestTimeTooSkewed') {
    const off = skewMs === null ? '' : ` by ${Math.round(Math.abs(skewMs) / 60_000)} minutes`;
    return new AppError(
      'environment',
      `The clock of this computer differs${off} from that of the bucket ${bucket}, which therefore refuses its requests. Set the clock and sync again; what was synced stays.`,
    );
  }
  if (
    /^(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired)$/.test(name)
  )
    return new AppError(
      'input',
      `The bucket ${bucket} does not accept the access key (${said}). What was synced stays, and the next sync goes on from there. Enter a key that is valid.`,
    );
  if (status === 403 || status === 401)
    return new AppError(
      'input',
      `The bucket ${bucket} refuses ${what} (${said}). What was synced stays. The credentials need s3:ListBucket and s3:GetObject for it; where whoever asks has to pay, say so in its settings.`,
    );
  if (status === 404)
    return new AppError(
      'input',
      `There is no ${name === 'NoSuchKey' ? what : `bucket ${bucket}`} (${said}). Check name, region and endpoint.`,
    );
  if (status === 503 || status === 429 || name === 'SlowDown')
    return new AppError(
      'environment',
      `The bucket ${bucket} allows no more requests for now (${said}). What was synced stays; sync again later.`,
    );
  return new AppError(
    'environment',
    `The bucket ${bucket} cannot be read (${said}). What was synced stays; sync again later.`,
  );
}
