// What a mapping still lacks before it can be used, and what went wrong with the last try.

import { Notice } from '../controls/notice.tsx';

type Props = { before: string; missing: readonly string[]; failed: string | null };

export function Missing({ before, missing, failed }: Props) {
  return (
    <>
      {missing.length > 0 ? (
        <Notice kind="attention">
          {before}
          <ul>
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {failed === null ? null : (
        <Notice kind="failed" live>
          {failed}
        </Notice>
      )}
    </>
  );
}
