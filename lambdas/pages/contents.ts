import type { App } from '../contract/profile.ts';
import { inHtml } from '../http/html.ts';
import type { Page } from './document.ts';

/** Where pages lead to. */
export interface PageLinks {
  readonly signIn: string;
  readonly signUp: string;
  readonly passwordReset: string;
  readonly invitation: string;
  readonly account: string;
  /** Where who has signed in goes on: the dashboard, where there is one. */
  readonly home: string;
  /** To the pages of the user pool, where it has any. */
  readonly hosted: string | undefined;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  readonly note?: string;
  readonly more?: string;
}

/** A field with its label, and room for what is wrong with it. */
const field = (id: string, { name, label, type = 'text', autocomplete, note, more = '' }: Field): string => {
  const described = `${note === undefined ? '' : `${id}-${name}-note `}${id}-${name}-error`;
  return `<label for="${id}-${name}">${label}</label>
<input id="${id}-${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" aria-describedby="${described}" required ${more}>
${note === undefined ? '' : `<p class="note" id="${id}-${name}-note">${note}</p>`}<p class="error" id="${id}-${name}-error" data-error="${name}"></p>`;
};

const email = (id: string) => field(id, { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username' });
const newPassword = (id: string) =>
  field(id, {
    name: 'password',
    label: 'New password',
    type: 'password',
    autocomplete: 'new-password',
    note: 'At least 12 characters, with lower and upper case letters and a digit.',
  });
const code = (id: string) =>
  field(id, { name: 'code', label: 'Code', autocomplete: 'one-time-code', more: 'inputmode="numeric"' });

const hostedLink = ({ hosted }: PageLinks): string =>
  hosted === undefined ? '' : `<a data-next href="${inHtml(hosted)}">Sign in another way</a>`;

export const signInPage = (links: PageLinks): Page => ({
  name: 'signIn',
  title: 'Sign in',
  content: `<form id="sign-in">
${email('in')}
${field('in', { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' })}
<button>Sign in</button>
</form>
<nav>
<a data-next href="${inHtml(links.signUp)}">Sign up</a>
<a data-next href="${inHtml(links.passwordReset)}">Forgot your password?</a>
${hostedLink(links)}
</nav>`,
});

export const signUpPage = (links: PageLinks): Page => ({
  name: 'signUp',
  title: 'Sign up',
  content: `<form id="sign-up">
<p id="invited" hidden>Sign up with the e-mail address that you were invited by.</p>
${email('up')}
${newPassword('up')}
<div id="own-organization">
${field('up', { name: 'organization_name', label: 'Organization', autocomplete: 'organization' })}
</div>
<button>Sign up</button>
</form>
<form id="confirm" hidden>
<p>A code was sent to <strong data-email></strong>.</p>
${code('confirm')}
<button>Confirm</button>
</form>
<nav><a data-next href="${inHtml(links.signIn)}">Sign in instead</a></nav>`,
});

export const passwordResetPage = (links: PageLinks): Page => ({
  name: 'passwordReset',
  title: 'Set a new password',
  content: `<form id="forgot">
${email('forgot')}
<button>Send me a code</button>
</form>
<form id="reset" hidden>
<p>If <strong data-email></strong> has an account, a code was sent there.</p>
${code('reset')}
${newPassword('reset')}
<button>Set the password</button>
</form>
<p id="done" hidden>Your password is set, and you are signed out everywhere.</p>
<nav><a data-next href="${inHtml(links.signIn)}">Sign in</a></nav>`,
});

export const invitationPage = (links: PageLinks): Page => {
  const after = (link: string) => inHtml(`${link}?next=${encodeURIComponent(links.invitation)}`);
  return {
    name: 'invitation',
    title: 'You are invited',
    content: `<div id="strangers" hidden>
<p>Sign in with the e-mail address that you were invited by, or sign up with it.</p>
<a class="button" href="${after(links.hosted ?? links.signIn)}">Sign in</a>
<a class="button plain" href="${after(links.signUp)}">Sign up</a>
</div>
<form id="accept" hidden>
<p>You are signed in as <strong data-email></strong>.</p>
<button>Accept the invitation</button>
</form>
<p id="done" hidden>You are in <strong data-organization></strong> now, as <span data-role></span>.</p>`,
  };
};

export const accountPage = (links: PageLinks): Page => ({
  name: 'account',
  title: 'Your account',
  content: `<div id="me" hidden>
<dl>
<dt>Signed in as</dt><dd data-email></dd>
<dt>Organization</dt><dd data-organization></dd>
</dl>
<form id="found" hidden>
${field('found', { name: 'name', label: 'Name of your organization', autocomplete: 'organization' })}
<button>Create it</button>
</form>
${links.home === links.account ? '' : `<p><a class="button" href="${inHtml(links.home)}">Open the dashboard</a></p>`}
<nav>
<form id="sign-out"><button class="plain">Sign out</button></form>
<form id="sign-out-everywhere"><button class="plain">Sign out everywhere</button></form>
</nav>
</div>`,
});

/** @param refuse where the app waits, told that there is no key */
export const getKeyPage = ({ name, redirect, scopes }: App, refuse: string): Page => ({
  name: 'getKey',
  title: `Give ${name} a key?`,
  data: { redirect },
  content: `<form id="consent" hidden>
<p><strong>${inHtml(name)}</strong> asks for a key of your organization <strong data-organization></strong>. With it, whoever has it can use:</p>
<ul>${scopes.map((scope) => `<li><code>${inHtml(scope)}</code></li>`).join('')}</ul>
<p>The key is sent to <code>${inHtml(redirect)}</code>. You can revoke it at any time.</p>
<p class="note">You are signed in as <span data-email></span>.</p>
<button>Give the key</button>
<a class="button plain" href="${inHtml(refuse)}">Cancel</a>
</form>
<p id="done" hidden>The key was given. You can close this page.</p>`,
});
