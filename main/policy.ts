// The Content-Security-Policy of the page: nothing from elsewhere, no inline code, no text that becomes markup.
// Held by test/e2e/security.e2e.ts.

const own = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

/** The policy of the built page. */
export const contentSecurityPolicy = write({
  ...own,
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
});

/** The policy of a page on a development server: its socket, and the inline code it adds for reloading. */
export function developmentPolicy(page: string): string {
  return write({
    ...own,
    'script-src': "'self' 'unsafe-inline'",
    'style-src': "'self' 'unsafe-inline'",
    'connect-src': `'self' ws://${new URL(page).host}`,
  });
}

function write(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
