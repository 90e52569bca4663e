import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import { type AnswerDescription, answer, body, done, type OperationDescription, query } from './description.ts';

const EMAIL = "The person's e-mail address.";
const NEW_PASSWORD = 'At least 12 characters, among them a lower-case letter, an upper-case one and a digit.';
const withCookies = (given: AnswerDescription): AnswerDescription => ({ ...given, cookies: true });

/** Signing up, in and out. */
export const signIn: Readonly<Record<OperationOf<'auth'>, OperationDescription>> = {
  signUp: {
    tag: 'Signing in',
    summary: 'Sign up',
    description:
      'With a new organization, or by an invitation into one. Answers alike whether or not the address is taken, and mails a code that confirms it.',
    body: body(
      'SignUp',
      schemas.signUp,
      {
        email: EMAIL,
        password: NEW_PASSWORD,
        organization_name: 'What their organization is to be called. Not with `invitation`.',
        invitation: "The token of the invitation's address, after its `#`. Not with `organization_name`.",
      },
      { email: 'ada@example.com', password: 'Correct-horse-battery-1', organization_name: 'Acme' },
    ),
    answer: answer(201, 'They can confirm their address.', answers.signedUp),
    codes: ['invalid_invitation'],
  },
  confirmSignUp: {
    tag: 'Signing in',
    summary: 'Confirm an address',
    body: body(
      'ConfirmSignUp',
      schemas.confirmSignUp,
      {
        email: EMAIL,
        code: 'The code that was mailed.',
        userId:
          'The id that sign-up answered: confirms that sign-up, and none that somebody else made for the address.',
      },
      { email: 'ada@example.com', code: '123456' },
    ),
    answer: done('They can sign in.'),
    codes: ['invalid_code'],
  },
  logIn: {
    tag: 'Signing in',
    summary: 'Sign in',
    description: 'Opens a session, which is kept in two HttpOnly cookies.',
    body: body(
      'LogIn',
      schemas.logIn,
      { email: EMAIL, password: 'Their password.' },
      { email: 'ada@example.com', password: 'Correct-horse-battery-1' },
    ),
    answer: withCookies(answer(200, 'Who has signed in, and where.', answers.loggedIn)),
    codes: ['invalid_credentials', 'challenge_required', 'invalid_session'],
  },
  refreshSession: {
    tag: 'Signing in',
    summary: 'Refresh a session',
    description:
      'Exchanges both cookies for new ones. A refresh token works once; used twice it ends its session, but for the same caller within ten seconds.',
    readsRefreshCookie: true,
    answer: withCookies(done('The cookies are new.')),
    codes: ['invalid_session', 'origin_not_allowed'],
  },
  logOut: {
    tag: 'Signing in',
    summary: 'Sign out',
    description: 'Ends the session of the refresh cookie, if there is one, and clears both cookies.',
    readsRefreshCookie: true,
    answer: withCookies(done('Nobody is signed in.')),
    codes: ['origin_not_allowed'],
  },
  forgotPassword: {
    tag: 'Signing in',
    summary: 'Ask for a new password',
    description: 'Mails a code, if there is such an account, and answers alike if there is none.',
    body: body('ForgotPassword', schemas.forgotPassword, { email: EMAIL }, { email: 'ada@example.com' }),
    answer: answer(202, 'A code is on its way, if there is such an account.', answers.accepted),
  },
  resetPassword: {
    tag: 'Signing in',
    summary: 'Set a new password',
    description: 'Ends every session of the person.',
    body: body(
      'ResetPassword',
      schemas.resetPassword,
      { email: EMAIL, code: 'The code that was mailed.', password: NEW_PASSWORD },
      { email: 'ada@example.com', code: '123456', password: 'Correct-horse-battery-2' },
    ),
    answer: done('The password is set.'),
    codes: ['invalid_code'],
  },
  startLogIn: {
    tag: 'Signing in',
    summary: 'Sign in with a browser',
    description: "For a browser to open, not a script: leads to the hosted login, or to the API's own page.",
    query: query(schemas.startLogIn, { next: 'The page of this API to go to afterwards.' }),
    answer: answer(303, 'To where people sign in.'),
    codes: ['invalid_redirect'],
  },
  finishLogIn: {
    tag: 'Signing in',
    summary: 'Come back from the hosted login',
    description: 'Where the hosted login sends the browser.',
    query: query(schemas.finishLogIn, {
      code: 'From the hosted login.',
      state: 'From the hosted login.',
      error: 'From the hosted login.',
    }),
    answer: answer(
      303,
      'To the page that the person wanted, signed in by cookies; to the sign-in where no login is hosted.',
    ),
    codes: ['invalid_login', 'invalid_session'],
  },
  getMe: {
    tag: 'Signing in',
    summary: 'Show who is signed in',
    answer: answer(200, 'The person, and where they are a member.', answers.me),
  },
  listSessions: {
    tag: 'Signing in',
    summary: "List one's sessions",
    description: 'Oldest first, at most 100.',
    answer: answer(200, "The person's sessions.", answers.ownSessionList),
  },
  endSession: {
    tag: 'Signing in',
    summary: "End one of one's sessions",
    answer: done('The session has ended.'),
    codes: ['not_found'],
  },
  endAllSessions: {
    tag: 'Signing in',
    summary: "End all of one's sessions",
    description: 'And every earlier sign-in with the user pool.',
    answer: withCookies(done('Nobody is signed in.')),
  },
  createSessionToken: {
    tag: 'Signing in',
    summary: 'Create a session token',
    description: 'For a server: one bearer token that stands for a session.',
    body: body(
      'CreateSessionToken',
      schemas.createSessionToken,
      { username: EMAIL, password: 'Their password.' },
      { username: 'ada@example.com', password: 'Correct-horse-battery-1' },
    ),
    answer: answer(200, 'The token.', answers.sessionToken),
    codes: ['invalid_credentials', 'challenge_required', 'invalid_session'],
  },
  deleteSessionToken: {
    tag: 'Signing in',
    summary: 'End the session that asks',
    answer: done('The session has ended.'),
  },
};
