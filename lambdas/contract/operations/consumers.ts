import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import { answer, body, done, type OperationDescription, paging, query } from './description.ts';

const EMAIL = 'An e-mail address. Not with `phone`.';
const PHONE = 'A phone number with its country, such as `+12015550123`. Not with `email`.';
const GUEST = "The refresh token of a guest's session, which ends";
const MODE = 'For members: whose consumers, `live` without. A key has its own.';
const ATTRIBUTES = 'At most 30 texts, numbers and booleans by names of your own.';
const inMode = query(schemas.inMode, { mode: MODE });

export const consumers: Readonly<Record<OperationOf<'consumers'>, OperationDescription>> = {
  openGuestSession: {
    tag: 'Consumers',
    summary: "Open a guest's session",
    description: 'For somebody of whom nothing is known yet.',
    body: body('OpenGuestSession', schemas.openGuestSession, {}, {}),
    answer: answer(201, "The guest's tokens.", answers.consumerTokens),
  },
  requestOtp: {
    tag: 'Consumers',
    summary: 'Send a code',
    description:
      'Six digits, good for ten minutes, five attempts and one use. Answers alike whether or not anybody is known there.',
    body: body('RequestOtp', schemas.requestOtp, { email: EMAIL, phone: PHONE }, { email: 'ada@example.com' }),
    answer: answer(202, 'A code is on its way.', answers.accepted),
  },
  verifyOtp: {
    tag: 'Consumers',
    summary: 'Sign in with a code',
    body: body(
      'VerifyOtp',
      schemas.verifyOtp,
      {
        email: EMAIL,
        phone: PHONE,
        code: 'The code that was sent.',
        guestToken: `${GUEST}; who is new here goes on with the guest's id.`,
      },
      { email: 'ada@example.com', code: '123456' },
    ),
    answer: answer(200, "The consumer's tokens.", answers.consumerTokens),
    codes: ['invalid_code', 'invalid_session', 'consumer_disabled'],
  },
  createExchangeCode: {
    tag: 'Consumers',
    summary: 'Say who somebody is',
    description:
      'A server that has signed somebody in gets a code, and their browser tokens for it. What the server says of somebody is taken as verified.',
    body: body(
      'CreateExchangeCode',
      schemas.createExchangeCode,
      {
        externalId: "The organization's own id of them.",
        email: 'Their e-mail address, verified.',
        phone: 'Their phone number with its country, verified.',
        attributes: `${ATTRIBUTES} Added to those before.`,
      },
      { externalId: 'customer-4711', email: 'ada@example.com', attributes: { vip: true } },
    ),
    answer: answer(201, 'The code.', answers.exchangeCode),
    codes: ['consumer_conflict', 'consumer_disabled'],
  },
  exchangeCode: {
    tag: 'Consumers',
    summary: "Exchange a server's code for tokens",
    body: body(
      'ExchangeCodeRequest',
      schemas.exchangeCode,
      { code: 'The code that the server was given.', guestToken: `${GUEST}.` },
      { code: 'mZ0n2bq7cVYJx1l4TtK9s8wHfR3uPdEaGjQo5iMvXyA' },
    ),
    answer: answer(200, "The consumer's tokens.", answers.consumerTokens),
    codes: ['invalid_code', 'invalid_session', 'consumer_disabled', 'not_found'],
  },
  refreshConsumer: {
    tag: 'Consumers',
    summary: "Refresh a consumer's session",
    description:
      'A refresh token works once; used twice it ends its session, but for the same caller within ten seconds.',
    body: body(
      'RefreshConsumer',
      schemas.refreshConsumer,
      { refreshToken: 'The newest.' },
      {
        refreshToken: '3cV8bN1mQ6wE9rT2yU5i.0123456789abcdefghijkl.mZ0n2bq7cVYJx1l4TtK9s8wHfR3uPdEaGjQo5iMvXyA',
      },
    ),
    answer: answer(200, 'New tokens.', answers.consumerTokens),
    codes: ['invalid_session'],
  },
  logOutConsumer: {
    tag: 'Consumers',
    summary: 'Sign a consumer out',
    description: 'Ends the session of the access token.',
    answer: done('The session has ended.'),
  },
  getConsumerMe: {
    tag: 'Consumers',
    summary: 'Show who the access token is of',
    answer: answer(200, 'The consumer, or the guest.', answers.consumerProfile),
  },
  listConsumers: {
    tag: 'Consumer administration',
    summary: 'List or find consumers',
    description:
      'Oldest first; or the one who has an address, a number or an id. A page may be short though more follow.',
    query: query(schemas.listConsumers, {
      ...paging,
      mode: MODE,
      email: 'Find by this address.',
      phone: 'Find by this number.',
      externalId: "Find by the organization's own id.",
    }),
    answer: answer(200, 'A page of consumers.', answers.consumerList),
  },
  getConsumer: {
    tag: 'Consumer administration',
    summary: 'Show a consumer',
    query: inMode,
    answer: answer(200, 'The consumer.', answers.consumer),
    codes: ['not_found'],
  },
  updateConsumer: {
    tag: 'Consumer administration',
    summary: 'Change a consumer',
    description: 'One who is disabled is signed out, and cannot sign in.',
    query: inMode,
    body: body(
      'UpdateConsumer',
      schemas.updateConsumer,
      { attributes: `${ATTRIBUTES} In the place of those before.`, disabled: 'Whether they are kept out.' },
      { disabled: true },
    ),
    answer: answer(200, 'The consumer as they are now.', answers.consumer),
    codes: ['not_found'],
  },
  deleteConsumer: {
    tag: 'Consumer administration',
    summary: 'Delete a consumer',
    description: 'With all that is known of them. (Ended sessions keep device and address for a week.)',
    query: inMode,
    answer: done('The consumer is deleted.'),
    codes: ['not_found'],
  },
  listConsumerSessions: {
    tag: 'Consumer administration',
    summary: "List a consumer's sessions",
    description: 'Oldest first, at most 100.',
    query: inMode,
    answer: answer(200, 'The sessions.', answers.sessionList),
    codes: ['not_found'],
  },
  endConsumerSessions: {
    tag: 'Consumer administration',
    summary: "End all of a consumer's sessions",
    query: inMode,
    answer: done('The sessions have ended.'),
    codes: ['not_found'],
  },
  endConsumerSession: {
    tag: 'Consumer administration',
    summary: 'End one session',
    query: inMode,
    answer: done('The session has ended.'),
    codes: ['not_found'],
  },
};
