import { findApp, withParameters } from '../contract/apps.ts';
import { type Operation, pathOf, routes } from '../contract/routes.ts';
import * as schemas from '../contract/schemas.ts';
import { ApiError } from '../core/errors.ts';
import { createApiFunction } from '../http/api-function.ts';
import { parseQuery } from '../http/request.ts';
import * as contents from '../pages/contents.ts';
import { type Page, respondErrorPage, respondPage } from '../pages/document.ts';
import type { HandlerOptions } from './actor.ts';

export interface PagesOptions extends HandlerOptions {
  /** Where the API is found by its callers. */
  readonly baseUrl: string;
  /** Path of where people go on who have signed in, such as the dashboard. @default their account */
  readonly home?: string;
  /** Whether the user pool has pages of its own. */
  readonly hosted: boolean;
}

/** The pages that people sign up and in on, accept invitations, and give apps a key. */
export function createPagesHandler(options: PagesOptions) {
  const { profile, baseUrl, hosted } = options;
  const root = new URL(baseUrl).pathname.replace(/\/$/, '');
  const at = (operation: Operation): string => root + pathOf(operation, profile);
  const paths = Object.fromEntries((Object.keys(routes) as Operation[]).map((name) => [name, at(name)]));
  const links: contents.PageLinks = {
    signIn: at('showSignIn'),
    signUp: at('showSignUp'),
    passwordReset: at('showPasswordReset'),
    invitation: at('showInvitation'),
    account: at('showAccount'),
    home: options.home ?? at('showAccount'),
    hosted: hosted ? at('startLogIn') : undefined,
  };
  const respond = (page: Page) =>
    respondPage(200, { ...page, data: { ...page.data, home: links.home, paths: JSON.stringify(paths) } });

  return createApiFunction<'pages'>(
    {
      showSignIn: async () => respond(contents.signInPage(links)),
      showSignUp: async () => respond(contents.signUpPage(links)),
      showPasswordReset: async () => respond(contents.passwordResetPage(links)),
      showInvitation: async () => respond(contents.invitationPage(links)),
      showAccount: async () => respond(contents.accountPage(links)),
      async showGetKey(event) {
        const { redirect, state } = parseQuery(schemas.appKey, event);
        const app = findApp(profile.apps, redirect);
        if (!app) throw new ApiError('invalid_redirect', 'No app is registered for this redirect target.');
        const refusal = { error: 'access_denied', ...(state !== undefined && { state }) };
        return respond(contents.getKeyPage({ ...app, redirect }, withParameters(redirect, refusal)));
      },
    },
    { ...options, showError: respondErrorPage(links.signIn) },
  );
}
