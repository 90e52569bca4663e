import { runInNewContext } from 'node:vm';
import { runPage } from '../../lambdas/pages/browser.ts';

/** Where the sign-in page leads, opened at an address, with as much of a browser as its script asks for. */
export async function leavesTo(
  address: string,
  home = '/auth/account',
): Promise<{ signedIn: string; links: string[] }> {
  const location = new URL(address);
  const went: string[] = [];
  const links = ['/auth/signup', '/auth/reset-password', '/api/v1/auth/authorize'].map((href) => ({
    href,
    getAttribute: () => href,
  }));
  let submit: ((event: object) => Promise<void>) | undefined;
  const form = {
    addEventListener: (_: string, listener: typeof submit) => {
      submit = listener;
    },
    querySelectorAll: () => [],
    elements: { namedItem: () => null },
  };
  const document = {
    body: { dataset: { page: 'signIn', paths: '{"logIn":"/api/v1/auth/login"}', home } },
    querySelector: (selector: string) => (selector === '#sign-in' ? form : null),
    querySelectorAll: (selector: string) => (selector === 'a[data-next]' ? links : []),
  };
  runInNewContext(`(${runPage.toString()})()`, {
    document,
    location: {
      origin: location.origin,
      search: location.search,
      pathname: location.pathname,
      assign: (url: string) => went.push(url),
    },
    fetch: async () => ({ ok: true, status: 200, text: async () => '{}' }),
    URL,
    URLSearchParams,
    FormData: class {
      *[Symbol.iterator]() {
        yield ['email', 'somebody@example.com'];
      }
    },
    HTMLInputElement: class {},
  });
  await submit?.({ preventDefault: () => {} });
  return { signedIn: went[0] ?? '', links: links.map(({ href }) => href) };
}
