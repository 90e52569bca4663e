import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Mode } from '../contract/profile.ts';
import * as schemas from '../contract/schemas.ts';
import type { ConsumerLogin, ConsumerSignedIn, Storefront } from '../core/consumer-login.ts';
import type { ConsumerRecord, Market } from '../core/consumer-ports.ts';
import { CODE_LASTS, type ConsumerSessions, type ConsumerTokens } from '../core/consumer-sessions.ts';
import type { Consumers } from '../core/consumers.ts';
import { ApiError } from '../core/errors.ts';
import type { EndListedSessions } from '../core/session-ender.ts';
import type { Caller } from '../core/session-refresh.ts';
import type { SessionViews } from '../core/session-views.ts';
import { toRfc3339 } from '../core/time.ts';
import { createApiFunction } from '../http/api-function.ts';
import { callerOf, recorderOf } from '../http/audited.ts';
import { singleValue } from '../http/credentials.ts';
import { parseBody, parseQuery, pathParameter } from '../http/request.ts';
import { respondEmpty, respondJson } from '../http/respond.ts';
import { principalOf } from '../http/with-auth.ts';
import { type AuditedOptions, actorOf } from './actor.ts';
import { toSession } from './session-body.ts';

export interface ConsumersHandlerDependencies {
  readonly login: ConsumerLogin;
  readonly consumers: Consumers;
  readonly sessions: ConsumerSessions;
  readonly views: SessionViews;
  readonly endSessions: EndListedSessions;
  /** Counts guests by the network that they come from. @throws rate_limited */
  readonly chargeNetwork: (caller: Caller) => void;
}

/** As the consumer themselves see it. */
const toOwnBody = ({ id, email, phone, externalId }: ConsumerRecord) => ({
  id,
  isGuest: false,
  ...(email !== undefined && { email }),
  ...(phone !== undefined && { phone }),
  ...(externalId !== undefined && { externalId }),
});

/** As the organization sees it. */
const toBody = (consumer: ConsumerRecord) => ({
  ...toOwnBody(consumer),
  mode: consumer.mode,
  isDisabled: consumer.status !== 'active',
  attributes: consumer.attributes,
  createdAt: toRfc3339(consumer.createdAt),
});

const respondTokens = (status: number, { accessToken, refreshToken, expiresIn }: ConsumerTokens, consumer: object) =>
  respondJson(status, { accessToken, refreshToken, expiresIn, consumer });

const signedIn = ({ consumer, tokens }: ConsumerSignedIn) => respondTokens(200, tokens, toOwnBody(consumer));

/** A key's mode is its own; a member says which they look at. */
function marketOf(event: APIGatewayProxyEvent, wanted?: Mode): Market {
  const { type, organizationId, mode } = actorOf(event);
  if (type === 'member') return { organizationId, mode: wanted ?? 'live' };
  if (wanted !== undefined && wanted !== mode) {
    throw new ApiError('insufficient_permissions', `This key is for ${mode} consumers.`);
  }
  return { organizationId, mode };
}

export function createConsumersHandler(dependencies: ConsumersHandlerDependencies, options: AuditedOptions) {
  const { login, consumers, sessions, views, endSessions, chargeNetwork } = dependencies;

  // The authorizer takes a publishable key from nowhere else.
  const publishable = options.profile.keyHeaders.publishable.toLowerCase();
  const storefrontOf = (event: APIGatewayProxyEvent): Storefront => ({
    ...marketOf(event),
    caller: callerOf(event),
    byServer: singleValue(event.multiValueHeaders ?? {}, publishable) === undefined,
  });

  /** The consumer that a path names, of the mode that is asked about. */
  const marketIn = (event: APIGatewayProxyEvent) => marketOf(event, parseQuery(schemas.inMode, event).mode);
  const idIn = (event: APIGatewayProxyEvent) => pathParameter(event, 'consumerId');

  return createApiFunction<'consumers'>(
    {
      async openGuestSession(event) {
        parseBody(schemas.openGuestSession, event);
        const storefront = storefrontOf(event);
        if (!storefront.byServer) chargeNetwork(storefront.caller);
        const { id, tokens } = await sessions.openGuest(marketOf(event), storefront.caller);
        return respondTokens(201, tokens, { id, isGuest: true });
      },

      async requestOtp(event) {
        await login.requestCode(storefrontOf(event), parseBody(schemas.requestOtp, event));
        return respondJson(202, {});
      },

      async verifyOtp(event) {
        return signedIn(await login.verifyCode(storefrontOf(event), parseBody(schemas.verifyOtp, event)));
      },

      async createExchangeCode(event) {
        const said = parseBody(schemas.createExchangeCode, event);
        const record = recorderOf(options.audit, event, 'consumer.update');
        const code = await login.issueCode(marketOf(event), said, record);
        return respondJson(201, { code, expiresIn: CODE_LASTS });
      },

      async exchangeCode(event) {
        return signedIn(await login.exchange(storefrontOf(event), parseBody(schemas.exchangeCode, event)));
      },

      async refreshConsumer(event) {
        const { refreshToken } = parseBody(schemas.refreshConsumer, event);
        const { id, guest, tokens } = await sessions.refresh(marketOf(event), refreshToken, callerOf(event));
        return respondTokens(200, tokens, { id, isGuest: guest });
      },

      async logOutConsumer(event) {
        await views.end(principalOf(event).sessionId ?? '');
        return respondEmpty();
      },

      async getConsumerMe(event) {
        const { id, organizationId = '', mode } = principalOf(event);
        const consumer = await consumers.get({ organizationId, mode }, id).catch((error: unknown) => {
          if (error instanceof ApiError && error.code === 'not_found') return undefined;
          throw error;
        });
        return respondJson(200, consumer ? toOwnBody(consumer) : { id, isGuest: true });
      },

      async listConsumers(event) {
        const { mode, limit, cursor, ...wanted } = parseQuery(schemas.listConsumers, event);
        const market = marketOf(event, mode);
        if (Object.keys(wanted).length > 0) {
          const found = await login.find(market, wanted);
          return respondJson(200, { consumers: found ? [toBody(found)] : [] });
        }
        const { entries, next } = await consumers.list(market, { limit, cursor });
        return respondJson(200, { consumers: entries.map(toBody), ...(next && { nextCursor: next }) });
      },

      async getConsumer(event) {
        return respondJson(200, toBody(await consumers.get(marketIn(event), idIn(event))));
      },

      async updateConsumer(event) {
        const changes = parseBody(schemas.updateConsumer, event);
        return respondJson(200, toBody(await consumers.update(marketIn(event), idIn(event), changes)));
      },

      async deleteConsumer(event) {
        await consumers.remove(marketIn(event), idIn(event));
        return respondEmpty();
      },

      async listConsumerSessions(event) {
        const { id } = await consumers.get(marketIn(event), idIn(event));
        return respondJson(200, { sessions: (await views.list(id)).map(toSession) });
      },

      async endConsumerSessions(event) {
        const { id } = await consumers.get(marketIn(event), idIn(event));
        await endSessions(id);
        return respondEmpty();
      },

      async endConsumerSession(event) {
        await views.endConsumers(marketIn(event), pathParameter(event, 'sessionId'));
        return respondEmpty();
      },
    },
    options,
  );
}
