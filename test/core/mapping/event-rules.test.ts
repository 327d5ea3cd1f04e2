// Categories for event names: what is proposed, what a person chooses, and what becomes of it in the preset.

import { describe, expect, it } from 'vitest';
import { parseCustomPreset } from '#core/mapping/custom-preset.ts';
import { emptyDraft, finishDraft, nameDraft, setField } from '#core/mapping/draft-preset.ts';
import {
  type EventName,
  noCategory,
  proposeRule,
  ruleOf,
  withEventRules,
} from '#core/mapping/event-rules.ts';
import { createMapper, type RecordValue } from '#core/mapping/map.ts';
import { loadPresets } from '#core/mapping/preset.ts';

const event = (name: string, more: Partial<EventName> = {}): EventName => ({
  name,
  count: 1,
  hasValues: false,
  hasTarget: true,
  categories: [],
  ...more,
});

describe('a proposal', () => {
  it.each([
    ['login', 'auth.success', null],
    ['User Logged In', 'auth.success', null],
    ['session.login_failed', 'auth.failure', null],
    ['SignInFailure', 'auth.failure', null],
    ['mfa.enabled', 'auth.policy', null],
    ['RoleGranted', 'access.granted', 'add'],
    ['permission_revoked', 'access.changed', 'remove'],
    ['user role changed', 'access.changed', 'set'],
    ['member.invited', 'access.granted', 'add'],
    ['Ownership transferred', 'access.owner', 'owner'],
    ['user.created', 'account.created', null],
    ['deactivateUser', 'account.removed', null],
    ['API key created', 'credential', null],
    ['firewall_rule_updated', 'network.exposure', null],
    ['DeviceRegistered', 'asset.lifecycle', null],
    ['Settings updated', 'config.changed', null],
    ['report exported', 'data.download', null],
    ['Request to grant role', 'access.request', null],
    ['permission denied', 'auth.failure', null],
  ] as const)('for %s is %s', (name, category, access) =>
    expect(proposeRule(name)).toMatchObject({ category, access }),
  );

  it('is made for a name that is telling alone, and says what told', () => {
    for (const name of ['Gate opened', 'x', '', '登录', 'blogging', 'misreported', 'import'])
      expect(proposeRule(name), name).toBeNull();
    expect(proposeRule('user.logIn')?.words).toEqual(['log in']);
    expect(proposeRule('roles_assigned')?.words).toEqual(['roles', 'assigned']);
  });

  it('gives nobody a right for what was refused, failed or only looked at', () => {
    for (const name of [
      'Failed to assign role',
      'could not add user to group',
      'RoleAssignmentFailed',
      'Grant rejected',
      'group membership denied',
      'user.create.failed',
      'ListAccessGrants',
    ])
      expect(proposeRule(name), name).toBeNull();
  });

  it('agrees with the bundled presets where it proposes rights or sign-ins', () => {
    let [same, other] = [0, 0];
    for (const preset of loadPresets())
      for (const rule of preset.actions)
        for (const name of rule.target === undefined ? (rule.names ?? []) : []) {
          const proposed = proposeRule(name);
          if (!proposed) continue;
          const family = (category: string) => category.split('.')[0];
          if (family(proposed.category) === family(rule.category)) same += 1;
          else other += 1;
        }
    expect(same).toBeGreaterThan(80);
    expect(same / (same + other)).toBeGreaterThan(0.8);
  });

  it('takes no time worth mentioning for a name of a hostile file', () => {
    const from = performance.now();
    for (const unit of ['a', ' ', 'role ', 'aB', '_']) proposeRule(unit.repeat(200_000));
    expect(performance.now() - from).toBeLessThan(500);
  });
});

describe('the rules of a mapping', () => {
  const names = ['when', 'what', 'who', 'old', 'new', 'result'];
  const outcome = [{ from: 'result', success: ['ok'], failure: ['no'] }];
  const draft = (
    [
      ['time', 'when'],
      ['action', 'what'],
      ['subject', 'who'],
      ['oldValue', 'old'],
      ['newValue', 'new'],
      ['outcome', 'result'],
    ] as const
  ).reduce((preset, [field, name]) => setField(preset, field, name, outcome), emptyDraft('csv', names));
  const found = [
    event('login'),
    event('Gate opened', { count: 7 }),
    event('Colour painted', { hasValues: true }),
    event('role granted', { hasValues: true }),
  ];
  const mapped = (
    record: Record<string, string>,
    chosen: Parameters<typeof withEventRules>[2] = new Map(),
  ) => {
    const preset = finishDraft(nameDraft(withEventRules(draft, found, chosen), 'Gates'), names);
    const taken = parseCustomPreset(JSON.stringify(preset), 'gates.json');
    const [variant] = taken.variants;
    if (!variant) throw new Error('no variant');
    const cells = names.map((name) => ({ when: '2026-01-05T10:00:00Z', ...record })[name] ?? '');
    const [one] = createMapper(taken, variant, names, null)(cells as RecordValue);
    return one && 'event' in one ? one.event : one;
  };

  it('are the proposed ones where nobody chose, and leave other names as they are', () => {
    expect(mapped({ what: 'login', result: 'ok' })).toMatchObject({ category: 'auth.success' });
    expect(mapped({ what: 'Login', result: 'no' })).toMatchObject({ category: 'auth.failure' });
    expect(mapped({ what: 'Gate opened' })).toMatchObject({ category: 'other', field: null });
    expect(mapped({ what: 'role granted', who: 'bob', new: 'admin' })).toMatchObject({
      category: 'access.granted',
      subject: 'bob',
      field: null,
    });
  });

  it('are those that a person chose before any other, with what the values mean', () => {
    const chosen = new Map([
      ['login', { category: 'other', access: null }],
      ['Gate opened', { category: 'remote_access', access: null }],
      ['role granted', { category: 'access.changed', access: 'set' }],
    ] as const);
    expect(mapped({ what: 'login', result: 'no' }, chosen)).toMatchObject({ category: 'other' });
    expect(mapped({ what: 'Gate opened' }, chosen)).toMatchObject({ category: 'remote_access' });
    expect(mapped({ what: 'role granted', old: '["b","a"]', new: '["a"]' }, chosen)).toMatchObject({
      category: 'access.changed',
      oldValue: '["b","a"]',
    });
    const preset = withEventRules(draft, found, chosen);
    expect(preset.actions).toContainEqual({
      names: ['role granted'],
      category: 'access.changed',
      access: 'set',
    });
  });

  it('keep a change of something a change, once it has a category', () => {
    const chosen = new Map([['Colour painted', { category: 'config.changed', access: null }]] as const);
    expect(mapped({ what: 'Colour painted', old: 'red', new: 'blue' }, chosen)).toMatchObject({
      category: 'config.changed',
      field: 'Colour painted',
    });
  });

  it('go before those of a bundled preset, which stay where nobody chose', () => {
    const flowtriq = loadPresets().find(({ id }) => id === 'flowtriq');
    if (!flowtriq) throw new Error('no preset');
    const known = event('Node Added', { categories: ['asset.lifecycle'] });
    expect(ruleOf(known, new Map())).toBeNull();
    expect(withEventRules(flowtriq, [known], new Map())).toBe(flowtriq);
    const changed = withEventRules(
      flowtriq,
      [known],
      new Map([['Node Added', { category: 'other', access: null }]]),
    );
    expect(changed.actions[0]).toEqual({ names: ['Node Added'], category: 'other' });
    expect(changed.actions.length).toBe(flowtriq.actions.length + 1);
  });

  it('made twice are there once, and a mapping with rules does not say that it has none', () => {
    const once = withEventRules(draft, found, new Map());
    expect(withEventRules(once, found, new Map()).actions).toEqual(once.actions);
    expect(draft.blindSpots).toContain(noCategory);
    expect(once.blindSpots).not.toContain(noCategory);
  });
});
