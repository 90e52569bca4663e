import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCognitoDirectory } from '../../lambdas/adapters/cognito-directory.ts';
import { createCognitoIdentities } from '../../lambdas/adapters/cognito-identities.ts';
import type { Directory, IdentityProvider } from '../../lambdas/core/session-ports.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const EMAIL = 'somebody@example.com';

describe('people of a Cognito user pool', () => {
  let server: Server;
  let client: CognitoIdentityProviderClient;
  let identities: IdentityProvider;
  let directory: Directory;
  /** What the pool answers, by operation. */
  let answers: Record<string, { status: number; body: object }>;
  let asked: { operation: string; body: Record<string, unknown> }[];
  let now: number;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      asked.push({ operation, body: JSON.parse((await request.toArray()).join('')) });
      const { status, body } = answers[operation] ?? { status: 200, body: {} };
      response
        .writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'R' })
        .end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    client = new CognitoIdentityProviderClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    identities = createCognitoIdentities(
      { client, patient: client },
      { userPoolId: 'the-pool', clientId: 'the-client' },
    );
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });
  beforeEach(() => {
    answers = {};
    asked = [];
    now = 0;
    directory = createCognitoDirectory(client, 'the-pool', { now: () => now });
  });

  const fail = (operation: string, type: string, status = 400) => {
    answers[operation] = { status, body: { __type: type, message: 'A message that nobody is to see' } };
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      ({ code, message }: { code: string; message: string }) => {
        expect(message).not.toContain('nobody is to see');
        return code;
      },
    );

  it('sign in with their password, and are who the pool says', async () => {
    const IdToken = `${encode({ alg: 'RS256' })}.${encode({ sub: 'a-subject', email: 'Somebody@example.com' })}.c2ln`;
    answers.InitiateAuth = { status: 200, body: { AuthenticationResult: { IdToken } } };
    expect(await identities.signIn(EMAIL, 'password')).toEqual({ subject: 'a-subject', email: 'Somebody@example.com' });
    expect(asked[0]?.body).toEqual({
      ClientId: 'the-client',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: EMAIL, PASSWORD: 'password' },
    });
  });

  it.each([
    ['NotAuthorizedException', 'invalid_credentials'],
    ['UserNotFoundException', 'invalid_credentials'],
    ['UserNotConfirmedException', 'invalid_credentials'],
    ['PasswordResetRequiredException', 'challenge_required'],
    ['TooManyRequestsException', 'unavailable'],
    ['LimitExceededException', 'unavailable'],
    ['InternalErrorException', 'unavailable'],
    ['ResourceNotFoundException', 'unavailable'],
  ])('are not signed in with %s: %s', async (type, code) => {
    fail('InitiateAuth', type);
    expect(await codeOf(identities.signIn(EMAIL, 'password'))).toBe(code);
  });

  it('are not signed in when the pool asks for more than a password', async () => {
    answers.InitiateAuth = { status: 200, body: { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'x' } };
    expect(await codeOf(identities.signIn(EMAIL, 'password'))).toBe('challenge_required');
  });

  it('sign up, and whoever does so again before the code was used takes the place of who did before', async () => {
    answers.SignUp = { status: 200, body: { UserSub: 'a-subject', UserConfirmed: false } };
    expect(await identities.signUp(EMAIL, 'password')).toEqual({ subject: 'a-subject', confirmed: false });
    fail('SignUp', 'UsernameExistsException');
    answers.AdminGetUser = { status: 200, body: { Username: 'x', UserStatus: 'CONFIRMED' } };
    expect(await identities.signUp(EMAIL, 'password')).toBeUndefined();
    expect(asked.map(({ operation }) => operation)).not.toContain('AdminDeleteUser');
    answers.AdminGetUser = { status: 200, body: { Username: 'x', UserStatus: 'UNCONFIRMED' } };
    asked = [];
    await identities.signUp(EMAIL, 'password').catch(() => {});
    expect(asked.map(({ operation }) => operation)).toEqual(['SignUp', 'AdminGetUser', 'AdminDeleteUser', 'SignUp']);
    fail('SignUp', 'InvalidPasswordException');
    expect(await codeOf(identities.signUp(EMAIL, 'password'))).toBe('validation_failed');
    fail('SignUp', 'TooManyRequestsException');
    expect(await codeOf(identities.signUp(EMAIL, 'password'))).toBe('unavailable');
  });

  it('confirm the sign-up that they made, and no other', async () => {
    const UserAttributes = [{ Name: 'sub', Value: 'a-subject' }];
    answers.AdminGetUser = { status: 200, body: { Username: 'x', UserStatus: 'UNCONFIRMED', UserAttributes } };
    expect(await codeOf(identities.confirmSignUp(EMAIL, '123456', 'another'))).toBe('invalid_code');
    expect(asked.map(({ operation }) => operation)).toEqual(['AdminGetUser']);
    expect(await codeOf(identities.confirmSignUp(EMAIL, '123456', 'a-subject'))).toBe('done');
    fail('AdminGetUser', 'UserNotFoundException');
    expect(await codeOf(identities.confirmSignUp(EMAIL, '123456', 'a-subject'))).toBe('invalid_code');
    fail('AdminGetUser', 'TooManyRequestsException');
    expect(await codeOf(identities.confirmSignUp(EMAIL, '123456', 'a-subject'))).toBe('unavailable');
  });

  it.each([
    ['CodeMismatchException', 'invalid_code'],
    ['ExpiredCodeException', 'invalid_code'],
    ['UserNotFoundException', 'invalid_code'],
    ['NotAuthorizedException', 'invalid_code'],
    ['InvalidParameterException', 'invalid_code'],
    ['UserNotConfirmedException', 'invalid_code'],
    ['LimitExceededException', 'invalid_code'],
    ['TooManyFailedAttemptsException', 'invalid_code'],
    ['TooManyRequestsException', 'unavailable'],
  ])('prove an address or set a password with no code of %s', async (type, code) => {
    fail('ConfirmSignUp', type);
    fail('ConfirmForgotPassword', type);
    expect(await codeOf(identities.confirmSignUp(EMAIL, '123456'))).toBe(code);
    expect(await codeOf(identities.resetPassword(EMAIL, '123456', 'password'))).toBe(code);
  });

  it.each([
    ['UserNotFoundException', 'done'],
    ['InvalidParameterException', 'done'],
    ['NotAuthorizedException', 'done'],
    ['LimitExceededException', 'done'],
    ['CodeDeliveryFailureException', 'done'],
    ['TooManyRequestsException', 'unavailable'],
  ])('get the same answer to a forgotten password when there is nobody: %s', async (type, code) => {
    fail('ForgotPassword', type);
    expect(await codeOf(identities.forgotPassword(EMAIL))).toBe(code);
  });

  describe('are looked up', () => {
    const found = (attributes: Record<string, string>) => ({
      status: 200,
      body: { Users: [{ Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })) }] },
    });

    it('by their subject, once in a while', async () => {
      answers.ListUsers = found({ sub: 'a-subject', email: EMAIL, email_verified: 'true' });
      for (let n = 0; n < 3; n++) {
        expect(await directory.emailOf('a-subject')).toEqual({ address: EMAIL, verified: true });
      }
      expect(asked.map(({ body }) => body.Filter)).toEqual(['sub = "a-subject"']);
      now = 5 * 60_000;
      await directory.emailOf('a-subject');
      expect(asked).toHaveLength(2);
    });

    it('anew as long as their address is not verified', async () => {
      answers.ListUsers = found({ sub: 'a-subject', email: EMAIL });
      for (let n = 0; n < 2; n++) {
        expect(await directory.emailOf('a-subject')).toEqual({ address: EMAIL, verified: false });
      }
      expect(asked).toHaveLength(2);
    });

    it('by nothing that would be read as a filter', async () => {
      expect(await directory.emailOf('x" or sub ^= "')).toBeUndefined();
      expect(await directory.subjectOf('x"@example.com')).toBeUndefined();
      expect(await directory.subjectOf('x\\@example.com')).toBeUndefined();
      expect(asked).toEqual([]);
    });

    it('by their address, and are nobody where there is none', async () => {
      answers.ListUsers = found({ sub: 'a-subject', email: EMAIL });
      expect(await directory.subjectOf(EMAIL)).toBe('a-subject');
      answers.ListUsers = { status: 200, body: { Users: [] } };
      expect(await directory.subjectOf(EMAIL)).toBeUndefined();
      expect(await directory.emailOf('nobody')).toBeUndefined();
      fail('ListUsers', 'TooManyRequestsException');
      expect(await codeOf(directory.subjectOf(EMAIL))).toBe('unavailable');
    });
  });
});
