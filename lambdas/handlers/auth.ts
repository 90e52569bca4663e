import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Operation, pathOf } from '../contract/routes.ts';
import * as schemas from '../contract/schemas.ts';
import type { Authentication } from '../core/authentication.ts';
import { ApiError } from '../core/errors.ts';
import { type HostedLogin, invalidLogin } from '../core/hosted-login.ts';
import type { Organizations } from '../core/organizations.ts';
import type { Directory, SessionRecord } from '../core/session-ports.ts';
import type { Sessions } from '../core/sessions.ts';
import { createApiFunction } from '../http/api-function.ts';
import { callerOf } from '../http/audited.ts';
import { createSessionCookies } from '../http/cookies.ts';
import { cookieValues, singleValue } from '../http/credentials.ts';
import { parseBody, parseQuery, pathParameter } from '../http/request.ts';
import { respondEmpty, respondJson, respondRedirect } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import { respondErrorPage } from '../pages/document.ts';
import type { AuditedOptions } from './actor.ts';
import { toSession } from './session-body.ts';

export interface AuthHandlerDependencies {
  readonly authentication: Authentication;
  readonly sessions: Sessions;
  readonly organizations: Organizations;
  readonly directory: Directory;
  /** Where the API is found by its callers. */
  readonly baseUrl: string;
  /** Path of where people go on who have signed in, such as the dashboard. @default their account */
  readonly home?: string;
  /** None where the user pool has no pages of its own: then people sign in on the stack's. */
  readonly hostedLogin: HostedLogin | undefined;
}

const toBody = (session: SessionRecord, current: string | undefined) => {
  const { sessionId, ...shown } = toSession(session);
  return { sessionId, isCurrent: session.id === current, ...shown };
};

export function createAuthHandler(dependencies: AuthHandlerDependencies, options: AuditedOptions) {
  const { authentication, sessions, organizations, directory, baseUrl, home, hostedLogin } = dependencies;
  const { profile } = options;
  const cookies = createSessionCookies({ profile, baseUrl });
  const ownOrigin = new URL(baseUrl).origin;

  const withCookies = (response: ReturnType<typeof respondJson>, values: string[]) => ({
    ...response,
    multiValueHeaders: { 'Set-Cookie': values },
  });

  /**
   * The refresh tokens of a request by cookie, one as a rule. A page of another origin is not let near them; who is no
   * browser says nothing of where it is.
   * @throws origin_not_allowed
   */
  function refreshTokensOf({ multiValueHeaders }: APIGatewayProxyEvent): readonly string[] {
    const headers = multiValueHeaders ?? {};
    const origin = singleValue(headers, 'origin');
    const site = singleValue(headers, 'sec-fetch-site');
    const foreign = origin === undefined ? site !== undefined && site !== 'same-origin' : origin !== ownOrigin;
    if (foreign) throw new ApiError('origin_not_allowed', 'This may not be done from your origin.');
    return cookieValues(headers, profile.cookies.refresh);
  }

  const addressOf = (operation: Operation): URL => new URL(baseUrl + pathOf(operation, profile));

  /** A page of the API's own. @throws invalid_redirect */
  function ownPage(next: string | undefined): string {
    if (next === undefined) return home === undefined ? addressOf('showAccount').href : ownOrigin + home;
    const url = URL.parse(next, baseUrl);
    // Not by its origin: a blob: has that of the address in it, and an address with a name and password has it too.
    if (!url?.href.startsWith(`${ownOrigin}/`)) throw new ApiError('invalid_redirect', 'That is no page of this API.');
    return url.href;
  }

  function toOwnSignIn(next: string) {
    const page = addressOf('showSignIn');
    const { pathname, search } = new URL(next);
    page.searchParams.set('next', pathname + search);
    return respondRedirect(page.href);
  }

  return createApiFunction<'auth'>(
    {
      async signUp(event) {
        return respondJson(201, await authentication.signUp(parseBody(schemas.signUp, event), callerOf(event)));
      },

      async confirmSignUp(event) {
        await authentication.confirm(parseBody(schemas.confirmSignUp, event), callerOf(event));
        return respondEmpty();
      },

      async logIn(event) {
        const { email, password } = parseBody(schemas.logIn, event);
        const { identity, organization, tokens } = await authentication.logIn(email, password, callerOf(event));
        const user = { id: identity.subject, email: identity.email };
        const shown = organization ? { id: organization.id, name: organization.name } : null;
        return withCookies(respondJson(200, { user, organization: shown }), cookies.set(tokens));
      },

      async refreshSession(event) {
        const [token, ...others] = refreshTokensOf(event);
        if (token === undefined || others.length > 0) {
          throw new ApiError('invalid_session', 'The request has not one refresh token.');
        }
        return withCookies(respondEmpty(), cookies.set(await sessions.refresh(token, callerOf(event))));
      },

      async logOut(event) {
        // Whichever of them was meant: whoever signs out is signed out.
        for (const token of refreshTokensOf(event)) await sessions.endByRefreshToken(token);
        return withCookies(respondEmpty(), cookies.clear());
      },

      async startLogIn(event) {
        const next = ownPage(parseQuery(schemas.startLogIn, event).next);
        if (!hostedLogin) return toOwnSignIn(next);
        const known = cookies.readLogin(event.multiValueHeaders ?? {});
        const { url, browser } = await hostedLogin.start(known, next);
        return withCookies(respondRedirect(url), [cookies.setLogin(browser)]);
      },

      async finishLogIn(event) {
        if (!hostedLogin) return toOwnSignIn(ownPage(undefined));
        const { code, state, error } = parseQuery(schemas.finishLogIn, event);
        if (code === undefined || state === undefined) {
          throw invalidLogin(error === undefined ? undefined : new Error(`The pages said ${error}`));
        }
        const browser = cookies.readLogin(event.multiValueHeaders ?? {});
        // Before the sign-in is used up: where nothing can be signed, whoever loads the page again is signed in.
        const sign = await sessions.loadSigner();
        const { identity, next } = await hostedLogin.finish(browser, state, code);
        const tokens = await authentication.logInAs(identity, callerOf(event), sign);
        return withCookies(respondRedirect(next), cookies.set(tokens));
      },

      async forgotPassword(event) {
        await authentication.forgotPassword(parseBody(schemas.forgotPassword, event).email, callerOf(event));
        return respondJson(202, {});
      },

      async resetPassword(event) {
        const { email, code, password } = parseBody(schemas.resetPassword, event);
        await authentication.resetPassword(email, code, password, callerOf(event));
        return respondEmpty();
      },

      async getMe(event) {
        const { id, organizationId, role } = principalOf(event);
        const organization = organizationId === undefined ? undefined : await organizations.get(organizationId);
        return respondJson(200, {
          user: { id, email: (await directory.emailOf(id))?.address ?? null },
          organization: organization ? { id: organization.id, name: organization.name } : null,
          ...(role && { role }),
        });
      },

      async listSessions(event) {
        const { id, sessionId } = principalOf(event);
        const list = await sessions.list(id);
        return respondJson(200, { sessions: list.map((session) => toBody(session, sessionId)) });
      },

      async endSession(event) {
        await sessions.endOne(principalOf(event).id, pathParameter(event, 'sessionId'));
        return respondEmpty();
      },

      async endAllSessions(event) {
        await sessions.endAll(principalOf(event).id);
        return withCookies(respondEmpty(), cookies.clear());
      },

      async createSessionToken(event) {
        const { username, password } = parseBody(schemas.createSessionToken, event);
        return respondJson(200, { token: await authentication.createToken(username, password, callerOf(event)) });
      },

      async deleteSessionToken(event) {
        const { sessionId } = principalOf(event);
        if (sessionId === undefined) {
          throw new ApiError('insufficient_permissions', 'Only a session can be ended here.');
        }
        await sessions.end(sessionId);
        return respondEmpty();
      },
    },
    { ...options, showError: respondErrorPage(addressOf('startLogIn').href) },
  );
}
