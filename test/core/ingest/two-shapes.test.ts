// The same period exported in two shapes by one vendor: what says the same is a duplicate, what one shape lacks makes a
// conflict, and the preset says so. Records as the vendors publish their fields.

import { describe, expect, it } from 'vitest';
import { loadPresets } from '#core/mapping/preset.ts';
import { importInto, openTemporaryStore, temporaryFile } from '../../support/workspace.ts';

const blindSpotsOf = (id: string) =>
  loadPresets()
    .find((preset) => preset.id === id)
    ?.blindSpots.join(' ');

/** A record of a CloudTrail log file, as the bucket has it. */
const logged = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'IAMUser',
    principalId: 'AIDAEXAMPLE',
    arn: 'arn:aws:iam::123456789012:user/alice',
    accountId: '123456789012',
    accessKeyId: 'AKIAEXAMPLE',
    userName: 'alice',
  },
  eventTime: '2026-01-05T10:00:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'AttachUserPolicy',
  awsRegion: 'us-east-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'console.amazonaws.com',
  requestParameters: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  responseElements: null,
  requestID: 'c0ffee00-0000-4000-8000-000000000001',
  eventID: 'c0ffee00-0000-4000-8000-000000000002',
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '123456789012',
  eventCategory: 'Management',
  tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
  sessionCredentialFromConsole: 'true',
};

describe('CloudTrail', () => {
  it('says the same in the JSON of the event history as in log files, whatever else stands in the records', async () => {
    const { tlsDetails: _tls, sessionCredentialFromConsole: _console, ...shorter } = logged;
    const history = { ...shorter, eventVersion: '1.08', apiVersion: null, resources: null, errorCode: null };
    const failed = {
      ...logged,
      eventID: 'e2',
      eventName: 'ConsoleLogin',
      errorMessage: 'Failed authentication',
    };
    const store = openTemporaryStore();
    const bucket = temporaryFile('bucket.json', JSON.stringify({ Records: [logged, failed] }));
    expect(await importInto(store, bucket)).toMatchObject({ preset: 'cloudtrail', imported: 2 });
    const downloaded = [history, { ...failed, apiVersion: null, vpcEndpointId: null }];
    const file = temporaryFile('event_history.json', JSON.stringify({ Records: downloaded }, null, 2));
    const report = await importInto(store, file);
    expect(report).toMatchObject({ read: 2, imported: 0, duplicates: 2, conflicts: 0 });
  });

  it('says less in the CSV of the event history: a conflict, as the preset tells', async () => {
    const store = openTemporaryStore();
    await importInto(store, temporaryFile('bucket.json', JSON.stringify({ Records: [logged] })));
    const cells: Record<string, string> = {
      'Event name': logged.eventName,
      'Event time': logged.eventTime,
      'User name': 'alice',
      'Event source': logged.eventSource,
      'Resource type': 'AWS::IAM::User',
      'Resource name': 'bob',
      'Source IP address': logged.sourceIPAddress,
      'Event ID': logged.eventID,
    };
    const csv = `${Object.keys(cells).join(',')}\n${Object.values(cells).join(',')}\n`;
    const report = await importInto(store, temporaryFile('event_history.csv', csv));
    expect(report).toMatchObject({ preset: 'cloudtrail', imported: 1, conflicts: 1 });
    expect(report.warnings.map(({ code }) => code)).toContain('conflicts');
    expect(blindSpotsOf('cloudtrail')).toContain('user names where log files have ARNs');
  });
});

describe('GitLab', () => {
  it('cuts its CSV’s times to seconds and names no event there: a conflict with the API, as the preset tells', async () => {
    const store = openTemporaryStore();
    const record = {
      id: 2,
      author_id: 1,
      entity_id: 6,
      entity_type: 'Project',
      event_name: 'project_visibility_level_updated',
      details: {
        change: 'visibility',
        from: 'Private',
        to: 'Public',
        author_name: 'Administrator',
        target_id: 6,
        target_type: 'Project',
        target_details: 'plant',
        entity_path: 'acme/plant',
      },
      created_at: '2026-01-05T10:00:01.677Z',
    };
    await importInto(store, temporaryFile('api.json', JSON.stringify([record])));
    const header =
      'ID,Author ID,Author Name,Entity ID,Entity Type,Entity Path,Target ID,Target Type,Target Details,Action,IP Address,Created At (UTC)';
    const row =
      '2,1,Administrator,6,Project,acme/plant,6,Project,plant,Changed visibility from Private to Public,,2026-01-05 10:00:01';
    const report = await importInto(store, temporaryFile('gitlab.csv', `${header}\n${row}\n`));
    expect(report).toMatchObject({ preset: 'gitlab', imported: 1, conflicts: 1 });
    expect(blindSpotsOf('gitlab')).toContain('whole seconds and no event names');
  });
});
