import { describe, expect, test } from 'vitest';
import { builtPage, isSameSite, pageAddress } from '../../main/page.ts';
import { contentSecurityPolicy, developmentPolicy } from '../../main/policy.ts';

describe('the page’s address', () => {
  const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' };

  test('is the development server’s while developing', () => {
    expect(pageAddress(false, env)).toBe('http://localhost:5173');
  });

  test('is the built page without a development server', () => {
    expect(pageAddress(false, {})).toBe(builtPage);
    expect(pageAddress(false, { ELECTRON_RENDERER_URL: '' })).toBe(builtPage);
  });

  test('is the built page once packaged, whatever the environment says', () => {
    expect(pageAddress(true, env)).toBe(builtPage);
  });
});

describe('an address is the page’s', () => {
  test.each(['app://exhibit/', 'app://exhibit/index.html#/events', 'APP://exhibit/x'])('%s', (address) => {
    expect(isSameSite(address, builtPage)).toBe(true);
  });

  test.each([
    'app://exhibit.example.com/index.html',
    'app://exhibit@example.com/index.html',
    'app://user@exhibit/index.html',
    'app://exhibit:1/index.html',
    'https://exhibit/index.html',
    'file:///app://exhibit/index.html',
    'about:blank',
    'data:text/html,app://exhibit/',
    '',
    'no address',
  ])('not: %s', (address) => {
    expect(isSameSite(address, builtPage)).toBe(false);
  });
});

test('the built page’s policy allows neither inline code nor another place', () => {
  expect(contentSecurityPolicy).not.toMatch(/unsafe|http|ws:|blob:|\*/);
});

test('a development server’s page may reach that server’s socket and nothing else', () => {
  const policy = developmentPolicy('http://localhost:5173');
  expect(policy).toContain("connect-src 'self' ws://localhost:5173;");
  expect(policy).not.toMatch(/unsafe-eval|\*/);
});
