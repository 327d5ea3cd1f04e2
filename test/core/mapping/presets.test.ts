import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRuleFinder } from '#core/mapping/classify.ts';
import { createMapper } from '#core/mapping/map.ts';
import { createNameCheck } from '#core/mapping/names.ts';
import { findPreset, loadPresets, parsePreset } from '#core/mapping/preset.ts';
import { blankEvent, columnsOf, mapSample, readSamples, shapeOf, toValue } from './samples.ts';

const samples = readSamples();
const titleOf = ({ preset, variant }: { preset: string; variant: string }) => `${preset}, ${variant}`;

describe('the records of each vendor', () => {
  it.each(samples.map((sample) => [titleOf(sample), sample] as const))(
    'become the events they are: %s',
    (_, sample) => {
      const found = mapSample(sample).map((parts) =>
        parts.map((part) =>
          'event' in part
            ? { ...part.event, time: new Date(part.event.time).toISOString(), vendorId: part.vendorId }
            : part,
        ),
      );
      const expected = sample.pairs.map(({ events }) =>
        events.map((event) => ({ ...blankEvent, timeText: expect.any(String), ...event })),
      );
      expect(found).toEqual(expected);
    },
  );

  it.each(samples.map((sample) => [titleOf(sample), sample] as const))(
    'have no event name and no column the preset does not know: %s',
    (_, sample) => {
      if (sample.preset === 'generic') return;
      const isKnown = createNameCheck(shapeOf(sample).variant);
      const names = sample.pairs.flatMap(({ record }) => Object.keys(record));
      expect(names.filter((name) => !isKnown(name))).toEqual([]);
      const parts = mapSample(sample).flat();
      expect(parts.filter((part) => 'event' in part && !part.isKnownAction)).toEqual([]);
    },
  );

  it('are there for every variant of every preset but the first two, which have exports of their own', () => {
    const tested = new Set(samples.map(titleOf));
    const missing = loadPresets()
      .filter(({ id }) => id !== 'ironflock' && id !== 'flowtriq')
      .flatMap(({ id, variants }) => variants.map((variant) => titleOf({ preset: id, variant: variant.id })))
      .filter((title) => !tested.has(title));
    expect(missing).toEqual([]);
  });
});

describe('the category of an event name', () => {
  const cases: Record<string, [string, string, string?][]> = {
    // As their pages write them in short, and as machines would.
    ironflock: [
      ['privilege', 'access.changed'],
      ['owner', 'access.owner'],
      ['project', 'asset.lifecycle'],
      ['app state', 'operation'],
      ['app upgrade', 'deployment'],
      ['release', 'deployment'],
      ['tunnel', 'network.exposure'],
      ['visibility', 'network.exposure'],
      ['product', 'billing'],
      ['remote_access', 'remote_access'],
      ['docker_credentials', 'credential'],
    ],
    flowtriq: [
      ['incident.manually_closed', 'incident'],
      ['pcap.capture_start', 'data.download'],
      ['node.created', 'asset.lifecycle'],
      ['node.config_update', 'config.changed'],
      ['key.rotate', 'credential'],
      ['api_key.invalid', 'auth.failure'],
      ['auth.login_failed', 'auth.failure'],
      ['auth.success', 'auth.success'],
      ['maintenance_window.start', 'maintenance'],
      ['alert_channel.created', 'alerting'],
      ['thresholds.update', 'alerting'],
      ['ioc_pattern.add', 'alerting'],
    ],
    github: [
      ['org.remove_member', 'account.removed'],
      ['team.promote_maintainer', 'access.owner'],
      ['staff.fake_login', 'access.privileged_use'],
      ['org.enable_saml', 'auth.policy'],
      ['personal_access_token.request_created', 'access.request'],
      ['personal_access_token.access_granted', 'credential'],
      ['ip_allow_list_entry.create', 'network.exposure'],
      ['secret_scanning_alert.create', 'vulnerability'],
      ['integration_installation.create', 'integration'],
      ['environment.create', 'deployment'],
      ['protected_branch.policy_override', 'code_review'],
      ['repository_ruleset.update', 'repository'],
      ['audit_log_streaming.destroy', 'logging'],
      ['org.audit_log_export', 'audit.access'],
      ['repo.download_zip', 'data.download'],
      ['billing.change_billing_type', 'billing'],
      ['organization_default_label.create', 'config.changed'],
    ],
    okta: [
      ['user.lifecycle.create', 'account.created'],
      ['user.lifecycle.deactivate', 'account.removed'],
      ['user.session.impersonation.initiate', 'access.privileged_use'],
      ['user.mfa.factor.deactivate', 'auth.policy'],
      ['system.api_token.create', 'credential'],
      ['zone.update', 'network.exposure'],
      ['system.log_stream.lifecycle.deactivate', 'logging'],
      ['user.account.lock', 'auth.failure'],
      ['certification.campaign.item.decide', 'access.review'],
    ],
    cloudtrail: [
      ['CreateUser', 'account.created'],
      ['DeleteUser', 'account.removed'],
      ['DetachUserPolicy', 'access.changed'],
      ['CreateAccessKey', 'credential'],
      ['GetSecretValue', 'credential'],
      ['GetPasswordData', 'credential'],
      ['GetParameters', 'data.download'],
      ['AuthorizeSecurityGroupIngress', 'network.exposure'],
      ['PutBucketPolicy', 'network.exposure'],
      ['ModifySnapshotAttribute', 'sharing'],
      ['DeleteTrail', 'logging'],
      ['StartSession', 'remote_access'],
      ['RunInstances', 'asset.lifecycle'],
      ['StopInstances', 'operation'],
      ['UpdateFunctionCode20150331v2', 'deployment'],
      ['DeactivateMFADevice', 'auth.policy'],
      ['DescribeInstances', 'other'],
      ['ListSecrets', 'other'],
      ['ModifyClusterParameterGroup', 'config.changed'],
    ],
    'google-workspace': [
      ['SUSPEND_USER', 'account.removed'],
      ['login_success', 'auth.success'],
      ['2sv_disable', 'auth.policy'],
      ['GRANT_ADMIN_PRIVILEGE', 'access.owner'],
      ['change_document_visibility', 'sharing'],
      ['download', 'data.download'],
      ['ENFORCE_STRONG_AUTHENTICATION', 'auth.policy'],
      ['ADD_PRIVILEGE', 'access.changed'],
    ],
    entra: [
      ['Delete user', 'account.removed'],
      ['Consent to application', 'integration'],
      ['Reset user password', 'auth.policy'],
      ['Update application – Certificates and secrets management', 'credential'],
      ['Approve decision', 'access.review'],
      ['Add group', 'asset.lifecycle'],
    ],
    purview: [
      ['Add user.', 'account.created'],
      ['UserLoginFailed', 'auth.failure'],
      ['Set-AdminAuditLogConfig', 'logging'],
      ['AnonymousLinkCreated', 'sharing'],
      ['New-InboxRule', 'network.exposure'],
      ['MailItemsAccessed', 'data.download'],
      ['Search-UnifiedAuditLog', 'audit.access'],
    ],
    gitlab: [
      ['user_created', 'account.created'],
      ['user_impersonation_created', 'access.privileged_use'],
      ['project_access_token_created', 'credential'],
      ['protected_branch_updated', 'repository'],
      ['merge_request_merged', 'code_review'],
      ['audit_events_streaming_headers_create', 'logging'],
      ['group_created', 'asset.lifecycle'],
      ['Updated ref from a to b', 'config.changed'],
    ],
    jira: [
      ['User deactivated', 'account.removed'],
      ['Project role deleted', 'access.changed'],
      ['Permission scheme deleted', 'access.changed'],
      ["User's password changed", 'auth.policy'],
      ['Project deleted', 'asset.lifecycle'],
      ['Field Configuration scheme updated', 'config.changed'],
      ['Audit Log search performed', 'audit.access'],
    ],
    slack: [
      ['user_deactivated', 'account.removed'],
      ['owner_transferred', 'access.owner'],
      ['app_installed', 'integration'],
      ['external_shared_channel_invite_sent', 'sharing'],
      ['manual_export_downloaded', 'data.download'],
      ['public_channel_created', 'asset.lifecycle'],
      ['anomaly', 'incident'],
    ],
    teleport: [
      ['user.delete', 'account.removed'],
      ['access_request.review', 'access.request'],
      ['access_list.review', 'access.review'],
      ['role.updated', 'access.changed'],
      ['mfa.add', 'auth.policy'],
      ['join_token.create', 'credential'],
      ['sftp', 'data.download'],
      ['kube.request', 'remote_access'],
      ['app.create', 'asset.lifecycle'],
      ['session_recording_config.update', 'logging'],
    ],
    mender: [
      ['create', 'account.created', 'user'],
      ['create', 'deployment', 'artifact'],
      ['accept', 'asset.lifecycle', 'device'],
      ['abort', 'deployment', 'deployment'],
      ['deploy_configuration', 'deployment', 'device'],
      ['set_configuration', 'config.changed', 'device'],
      ['open_portforward', 'remote_access', 'device'],
    ],
    cloudflare: [
      ['login', 'auth.success'],
      ['token_create', 'credential'],
      ['add', 'account.created', 'member'],
      ['rec_set', 'network.exposure', 'DNS_record'],
      ['update', 'network.exposure', 'firewall.rule'],
      ['change_setting', 'config.changed', 'zone'],
    ],
    memfault: [
      ['artifact.create', 'deployment'],
      ['cohort.update', 'asset.lifecycle'],
      ['device.bulk_cohort_update', 'asset.lifecycle'],
      ['organization_auth_token.delete', 'credential'],
    ],
    workos: [
      ['user.signed_in', 'auth.success'],
      ['user.login_failed', 'auth.failure'],
      ['document.deleted', 'asset.lifecycle'],
      ['report.exported', 'data.download'],
    ],
    'atlassian-org': [
      ['user_invited', 'account.created'],
      ['user_deactivated', 'account.removed'],
      ['api_token_created', 'credential'],
      ['ip_allowlist_updated', 'network.exposure'],
      ['saml_configuration_updated', 'auth.policy'],
    ],
  };
  it.each(Object.entries(cases))('is what the controls ask for: %s', (id, rows) => {
    const ruleFor = createRuleFinder(findPreset(id));
    const found = rows.map(([action, , type]) => [action, ruleFor(action, type ?? null)?.rule.category]);
    expect(found).toEqual(rows.map(([action, category]) => [action, category]));
  });
});

describe('a preset', () => {
  it('survives being stored and read again', () => {
    for (const preset of loadPresets())
      expect(parsePreset(JSON.stringify(preset), preset.id)).toEqual(preset);
  });

  it('never throws, whatever stands in the place of a field', () => {
    const odd = fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e300,
      '',
      ' ',
      '[',
      '{"a":1}',
      '\ud800',
      [],
      {},
      [null],
      [[]],
      {
        type: [],
        a: { b: 1 },
      },
    );
    for (const sample of samples) {
      const { preset, variant } = shapeOf(sample);
      const columns = columnsOf(sample);
      const map = createMapper(preset, variant, columns, null);
      const records = sample.pairs.map(({ record }) => record);
      fc.assert(
        fc.property(fc.constantFrom(...records), fc.nat(), odd, (record, seed, value) => {
          const keys = Object.keys(record);
          const key = keys[seed % keys.length] as string;
          const changed = { ...record, [key]: replaceOne(record[key], Math.floor(seed / 5), value) };
          for (const part of map(toValue(changed, columns)))
            expect('event' in part ? part.event.action.length : part.reason.length).toBeGreaterThan(0);
        }),
        { numRuns: 60 },
      );
    }
  });
});

/** A copy of a JSON value with one of its members, at any depth, replaced. */
function replaceOne(value: unknown, seed: number, other: unknown): unknown {
  if (typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const chosen = entries[seed % Math.max(1, entries.length)];
  if (!chosen || seed % 7 === 0) return other;
  const [key, member] = chosen;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = replaceOne(member, Math.floor(seed / 3), other);
  return copy;
}
