// What a bucket asks for: where it is, how it is addressed, who asks.

import type { DraftOf } from '#core/sync-calls.ts';
import { CheckLine } from '../controls/check-line.tsx';
import { TextLine } from '../controls/text-line.tsx';
import type { Part } from './connect-draft.ts';
import styles from './connections.module.css';
import { PickField } from './pick-field.tsx';

const accesses = [
  { id: 'key', label: 'With an access key' },
  { id: 'profile', label: 'With a profile of this computer' },
  { id: 'system', label: 'With what this computer has' },
  { id: 'none', label: 'Without credentials' },
] as const;

const accessHints: Record<DraftOf<'bucket'>['access'], string> = {
  key: 'It needs s3:ListBucket and s3:GetObject',
  profile: 'As in ~/.aws/credentials',
  system: 'Its environment, or its usual profile',
  none: 'Only where everybody may read',
};

export function BucketFields({ draft, change, problem }: Part<DraftOf<'bucket'>>) {
  return (
    <>
      <TextLine
        label="Bucket"
        value={draft.bucket}
        onChange={(bucket) => change({ bucket })}
        error={problem('bucket')}
      />
      <TextLine
        label="Prefix"
        value={draft.prefix}
        onChange={(prefix) => change({ prefix })}
        hint="Such as logs/; empty: the whole bucket"
        error={problem('prefix')}
      />
      <TextLine
        label="Endpoint"
        value={draft.endpoint}
        onChange={(endpoint) => change({ endpoint })}
        hint="https://… of your own service; empty: Amazon’s"
        error={problem('endpoint')}
      />
      <TextLine
        label="Region"
        value={draft.region}
        onChange={(region) => change({ region })}
        error={problem('region')}
      />
      <PickField
        label="How to ask"
        value={draft.access}
        choices={accesses}
        onChange={(access) => change({ access })}
        hint={accessHints[draft.access]}
      />
      {draft.access === 'profile' ? (
        <TextLine
          label="Profile"
          value={draft.profile}
          onChange={(profile) => change({ profile })}
          error={problem('profile')}
        />
      ) : null}
      <div className={styles.checks}>
        <CheckLine
          label="The bucket’s name stands in the path"
          hint="Not in the host; usual for services of one’s own"
          isOn={draft.pathStyle}
          onChange={(pathStyle) => change({ pathStyle })}
        />
        <CheckLine
          label="Whoever asks pays"
          hint="Requester pays, as the bucket’s owner set it"
          isOn={draft.requesterPays}
          onChange={(requesterPays) => change({ requesterPays })}
        />
      </div>
    </>
  );
}
