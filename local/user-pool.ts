import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Router } from 'cognito-local/lib/server/Router.js';
import { createServer } from 'cognito-local/lib/server/server.js';
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js';
import { StormDBDataStoreFactory } from 'cognito-local/lib/services/dataStore/stormDb.js';
import { DateClock, LambdaService, MessagesService, TriggersService } from 'cognito-local/lib/services/index.js';
import { MessageDeliveryService } from 'cognito-local/lib/services/messageDelivery/messageDelivery.js';
import { otp } from 'cognito-local/lib/services/otp.js';
import { JwtTokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js';
import { UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js';
import { pino } from 'pino';
import type { UserPoolAddress } from '../lambdas/adapters/cognito-verifier.ts';
import type { Outbox } from './outbox.ts';

export const USER_POOL_ID = 'local_latchkey';
export const CLIENT_ID = 'latchkeylocalclient';

/**
 * Where the pools of this machine are: the stack's own, and those that somebody makes beside it.
 * @param endpoint what their tokens name
 * @param keySetsAt where their keys are fetched
 */
export const userPoolAddressOn =
  (endpoint: string, keySetsAt: string): UserPoolAddress =>
  (userPoolId) => {
    if (!/^local_\w{1,55}$/.test(userPoolId)) return undefined;
    const issuer = `${endpoint}/${userPoolId}`;
    return { issuer, jwksUri: `${keySetsAt}/${userPoolId}/.well-known/jwks.json` };
  };

type Services = Parameters<typeof Router>[0];

type Sender = ConstructorParameters<typeof MessageDeliveryService>[0];

/** What the pool sends goes to the outbox. */
const senderTo = (outbox: Outbox): Sender => ({
  async sendEmail(_context, _user, to, message) {
    const { emailSubject = 'Your code', emailMessage = `Your code is ${message.__code}` } = message;
    await outbox.send({ to, channel: 'email', subject: emailSubject, text: emailMessage });
  },
  async sendSms(_context, _user, to, message) {
    await outbox.send({ to, channel: 'sms', text: message.smsMessage ?? `Your code is ${message.__code}` });
  },
});

/**
 * A Cognito user pool on this machine, with one app client. Its signing key is cognito-local's own, which everybody
 * has: it is for development on the loopback interface and nothing else.
 * @param folder keeps the users
 * @param address what the pool is reached under; tokens name it as their issuer
 * @param outbox takes what the pool sends
 */
export async function openUserPool(folder: string, address: string, outbox: Outbox): Promise<RequestListener> {
  const logger = pino({ level: 'silent' });
  const context = { logger };
  const clock = new DateClock();
  const stores = new StormDBDataStoreFactory(join(folder, 'cognito'));
  const cognito = await new CognitoServiceFactoryImpl(
    join(folder, 'cognito'),
    stores,
    new UserPoolServiceFactoryImpl(clock, stores),
  ).create(context, { UsernameAttributes: ['email'] });
  // No triggers are configured, so neither Lambda nor KMS is ever called.
  const triggers = new TriggersService(clock, cognito, new LambdaService({}, undefined as never), undefined as never);
  const services: Services = {
    clock,
    cognito,
    config: {} as Services['config'],
    messages: new MessagesService(triggers, new MessageDeliveryService(senderTo(outbox))),
    otp,
    tokenGenerator: new JwtTokenGenerator(clock, triggers, { IssuerDomain: address }),
    triggers,
  };

  const pools = await cognito.listUserPools(context);
  if (!pools.some(({ Id }) => Id === USER_POOL_ID)) {
    await cognito.createUserPool(context, { Id: USER_POOL_ID, AutoVerifiedAttributes: ['email'] });
  }
  const pool = await cognito.getUserPool(context, USER_POOL_ID);
  const now = clock.get();
  await pool.saveAppClient(context, {
    ClientId: CLIENT_ID,
    ClientName: 'latchkey',
    UserPoolId: USER_POOL_ID,
    CreationDate: now,
    LastModifiedDate: now,
    AccessTokenValidity: 1,
    IdTokenValidity: 1,
    TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' },
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  return createServer(Router(services), logger, {}, services).application as RequestListener;
}
