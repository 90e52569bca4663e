import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import { answer, type OperationDescription, query } from './description.ts';

const page = (summary: string): OperationDescription => ({
  tag: 'Pages',
  summary,
  answer: answer(200, 'The page.', 'page'),
});

/** What anybody may ask. */
export const service: Readonly<Record<OperationOf<'service'>, OperationDescription>> = {
  getHealth: {
    tag: 'Service',
    summary: 'Say that the API is up',
    answer: answer(200, 'It is up.', answers.health),
  },
  getKeySet: {
    tag: 'Service',
    summary: "Show the public keys of the deployment's issuer",
    description: 'Access tokens, and keys that are JWTs, can be verified with them.',
    answer: answer(200, 'The key set.', answers.keySet),
  },
  getOpenApi: {
    tag: 'Service',
    summary: 'Show this document',
    answer: answer(200, 'This document.', answers.openApi),
  },
  getConfig: {
    tag: 'Service',
    summary: 'Show where members sign in, and what keys can be',
    answer: answer(200, "The deployment's settings.", answers.config),
  },
};

/** For a browser to open. */
export const pages: Readonly<Record<OperationOf<'pages'>, OperationDescription>> = {
  showSignIn: page('Sign in'),
  showSignUp: page('Sign up'),
  showPasswordReset: page('Set a new password'),
  showInvitation: page('Accept an invitation'),
  showAccount: page("Show one's account"),
  showGetKey: {
    ...page('Give an app a key'),
    description:
      "An app on a person's own computer or phone opens this. When they are signed in and have agreed, the browser goes to `redirect` with `key` in its query, or with `error=access_denied`.",
    query: query(schemas.appKey, {
      redirect: 'Where the app waits for its key. It has to be registered.',
      state: 'Comes back to the app as it is, so that it knows its own request again.',
    }),
    codes: ['invalid_redirect'],
  },
};
