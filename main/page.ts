// Where the page lives, and whether an address is the page's. Addresses are compared as parsed URLs, never as text.

/** The scheme that serves the built page, with the one host it has. */
export const scheme = 'app';
const host = 'exhibit';

/** The built page. */
export const builtPage = `${scheme}://${host}/index.html`;

/** The page's address: the development server's when there is one and the application is not packaged. */
export function pageAddress(isPackaged: boolean, env: NodeJS.ProcessEnv): string {
  return (!isPackaged && env.ELECTRON_RENDERER_URL) || builtPage;
}

/** Whether `address` is served from where `page` is. */
export function isSameSite(address: string, page: string): boolean {
  if (!URL.canParse(address)) return false;
  const [a, b] = [new URL(address), new URL(page)];
  return a.protocol === b.protocol && a.host === b.host && a.username === '' && a.password === '';
}
