/// <reference lib="dom" />

/**
 * What runs in the browser, on every page: forms that call the API's own operations. It is sent as it stands here, so it
 * refers to nothing outside itself.
 */
export function runPage(): void {
  type Answer = { readonly ok: boolean; readonly status: number; readonly body: Record<string, unknown> };
  type Me = {
    readonly user: { readonly email: string | null };
    readonly organization: { readonly name: string } | null;
  };

  const { page = '', paths: pathsText = '{}', home = '/', redirect = '' } = document.body.dataset;
  const paths: Record<string, string> = JSON.parse(pathsText);
  const query = new URLSearchParams(location.search);
  const INVITATION = 'invitation';

  const find = <T extends HTMLElement>(selector: string): T | null => document.querySelector<T>(selector);
  const show = (selector: string, shown = true) => {
    const element = find(selector);
    if (element) element.hidden = !shown;
  };
  const write = (selector: string, text: string) => {
    for (const element of document.querySelectorAll(selector)) element.textContent = text;
  };

  /** Where to go afterwards: a page of this origin, whatever the address says. */
  function nextPage(): string {
    const url = URL.parse(query.get('next') ?? '', location.origin);
    return query.has('next') && url?.href.startsWith(`${location.origin}/`) ? url.href : home;
  }

  const withNext = (path = '', next = nextPage()): string => {
    const url = new URL(path, location.origin);
    const { pathname, search } = new URL(next, location.origin);
    url.searchParams.set('next', pathname + search);
    return url.href;
  };

  async function call(method: string, operation: string, body?: unknown): Promise<Answer> {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(paths[operation] ?? '', init).catch(() => undefined);
    if (!response) return { ok: false, status: 0, body: { detail: 'The service cannot be reached. Try again.' } };
    const text = await response.text();
    return { ok: response.ok, status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  /** Says what went wrong, at the fields where it did. */
  function explain({ body }: Answer, form: HTMLFormElement | null): void {
    const error = (body.error ?? body) as Record<string, unknown>;
    const fields = Array.isArray(error.errors) ? (error.errors as { field: string; message: string }[]) : [];
    const rest: string[] = [];
    for (const { field, message } of fields) {
      const input = form?.elements.namedItem(field);
      const note = form?.querySelector(`[data-error="${CSS.escape(field)}"]`);
      if (input instanceof HTMLInputElement && note) {
        input.setAttribute('aria-invalid', 'true');
        note.textContent = `${message}.`;
      } else rest.push(message);
    }
    const detail = String(error.detail ?? error.message ?? error.details ?? 'Something went wrong. Try again.');
    write('#message', fields.length > rest.length ? '' : [detail, ...rest].join(' '));
    form?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }

  function clear(form: HTMLFormElement): void {
    write('#message', '');
    for (const note of form.querySelectorAll('[data-error]')) note.textContent = '';
    for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  }

  /** A form that calls an operation with its fields, once at a time. */
  function onSubmit(
    selector: string,
    send: (fields: Record<string, string>) => Promise<Answer>,
    then: (answer: Answer, fields: Record<string, string>) => unknown,
  ): void {
    const form = find<HTMLFormElement>(selector);
    form?.addEventListener('submit', async (event) => {
      event.preventDefault();
      const buttons = [...form.querySelectorAll('button')];
      clear(form);
      for (const button of buttons) button.disabled = true;
      const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
      // A password is what was typed, spaces and all.
      const password = form.elements.namedItem('password');
      if (password instanceof HTMLInputElement) fields.password = password.value;
      const answer = await send(fields);
      for (const button of buttons) button.disabled = false;
      if (answer.ok) await then(answer, fields);
      else {
        forgetInvitation(answer);
        explain(answer, form);
      }
    });
  }

  const go = (url: string) => location.assign(url);

  /** Who is signed in, by the access token or by a new one; null for nobody, undefined where that was not to be had. */
  async function whoIsIt(): Promise<Me | null | undefined> {
    let answer = await call('GET', 'getMe');
    if (answer.status === 401 && (await call('POST', 'refreshSession')).ok) answer = await call('GET', 'getMe');
    if (answer.ok) return answer.body as unknown as Me;
    if (answer.status === 401) return null;
    explain(answer, null);
    return undefined;
  }

  /** An invitation that is over keeps nobody from signing up without it. */
  function forgetInvitation({ body }: Answer): void {
    const error = (body.error ?? body) as Record<string, unknown>;
    if (String(error.code ?? error.reason).toLowerCase() === 'invalid_invitation')
      sessionStorage.removeItem(INVITATION);
  }

  const pages: Record<string, () => unknown> = {
    signIn() {
      onSubmit(
        '#sign-in',
        (fields) => call('POST', 'logIn', fields),
        () => go(nextPage()),
      );
    },

    signUp() {
      const invitation = sessionStorage.getItem(INVITATION);
      const own = find('#own-organization');
      if (invitation !== null && own) {
        own.remove();
        show('#invited');
      }
      let account: Record<string, string> = {};
      const logIn = async () => {
        const answer = await call('POST', 'logIn', { email: account.email, password: account.password });
        if (answer.ok) go(invitation === null ? nextPage() : (paths.showInvitation ?? '/'));
        else explain(answer, null);
      };
      onSubmit(
        '#sign-up',
        (fields) => call('POST', 'signUp', invitation === null ? fields : { ...fields, invitation }),
        async ({ body }, { email = '', password = '' }) => {
          account = { email, password, userId: String((body.user as { id: string }).id) };
          if (body.confirmationRequired !== true) return logIn();
          show('#sign-up', false);
          show('#confirm');
          write('[data-email]', email);
          find('#confirm input')?.focus();
          return undefined;
        },
      );
      onSubmit(
        '#confirm',
        ({ code }) => call('POST', 'confirmSignUp', { email: account.email, code, userId: account.userId }),
        logIn,
      );
    },

    passwordReset() {
      let email = '';
      onSubmit(
        '#forgot',
        (fields) => call('POST', 'forgotPassword', fields),
        (_, fields) => {
          email = fields.email ?? '';
          show('#forgot', false);
          show('#reset');
          write('[data-email]', email);
          find('#reset input')?.focus();
        },
      );
      onSubmit(
        '#reset',
        (fields) => call('POST', 'resetPassword', { ...fields, email }),
        () => {
          show('#reset', false);
          show('#done');
        },
      );
    },

    async invitation() {
      // Another invitation in the same tab loads no page by itself.
      addEventListener('hashchange', () => location.reload());
      // The token comes behind the #, which no server and no other page sees, and stays in this tab.
      if (location.hash.length > 1) {
        sessionStorage.setItem(INVITATION, location.hash.slice(1));
        history.replaceState(null, '', location.pathname);
      }
      const token = sessionStorage.getItem(INVITATION);
      if (token === null) {
        write('#message', 'Open the link of the invitation again.');
        return;
      }
      const me = await whoIsIt();
      if (me === undefined) return;
      show(me ? '#accept' : '#strangers');
      write('[data-email]', me?.user.email ?? '');
      onSubmit(
        '#accept',
        () => call('POST', 'acceptInvitation', { token }),
        ({ body }) => {
          sessionStorage.removeItem(INVITATION);
          show('#accept', false);
          show('#done');
          write('[data-organization]', String(body.name));
          write('[data-role]', String(body.role));
        },
      );
    },

    async account() {
      const me = await whoIsIt();
      if (me === undefined) return;
      if (me === null) {
        go(withNext(paths.startLogIn, location.pathname + location.search));
        return;
      }
      show('#me');
      write('[data-email]', me.user.email ?? 'somebody without an e-mail address');
      write('[data-organization]', me.organization?.name ?? 'none yet');
      show('#found', !me.organization);
      onSubmit(
        '#found',
        (fields) => call('POST', 'createOrganization', fields),
        ({ body }) => {
          write('[data-organization]', String(body.name));
          show('#found', false);
          if (query.has('next')) go(nextPage());
        },
      );
      const signedOut = () => go(paths.showSignIn ?? '/');
      onSubmit('#sign-out', () => call('POST', 'logOut'), signedOut);
      onSubmit('#sign-out-everywhere', () => call('DELETE', 'endAllSessions'), signedOut);
    },

    async getKey() {
      const here = location.pathname + location.search;
      const me = await whoIsIt();
      if (me === undefined) return;
      if (me === null) {
        go(withNext(paths.startLogIn, here));
        return;
      }
      if (!me.organization) {
        go(withNext(paths.showAccount, here));
        return;
      }
      show('#consent');
      write('[data-email]', me.user.email ?? '');
      write('[data-organization]', me.organization.name);
      const state = query.get('state');
      onSubmit(
        '#consent',
        () => call('POST', 'grantAppKey', { redirect, ...(state && { state }) }),
        ({ body }) => {
          show('#consent', false);
          show('#done');
          // In the place of this page, to which going back does not lead. What the browser keeps of where it was is its own.
          location.replace(String(body.redirect));
        },
      );
    },
  };

  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-next]')) {
    if (query.has('next')) link.href = withNext(link.getAttribute('href') ?? '');
  }
  void pages[page]?.();
}
