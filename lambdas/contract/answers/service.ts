import * as z from 'zod';
import { key } from './keys.ts';
import { limits, scopes, seconds } from './values.ts';

/** Of what anybody may ask. */

export const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const keySet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        kid: z.string(),
        use: z.literal('sig'),
        alg: z.literal('ES256'),
      }),
    ),
  })
  .describe('A JSON Web Key Set, RFC 7517. A key is in it long before it signs, and stays.')
  .meta({ id: 'KeySet' });

export const openApi = z
  .looseObject({ openapi: z.string().meta({ examples: ['3.1.1'] }) })
  .describe('This document.')
  .meta({ id: 'OpenApiDocument' });

const lifetimes = z.object({
  access: seconds('Of an access token.'),
  refresh: seconds('Of a session since it was last refreshed.'),
  absolute: seconds('For how long a session can be refreshed at all.'),
});

export const config = z
  .object({
    region: z.string().describe('Of AWS.'),
    userPoolId: z.string(),
    clientId: z.string(),
    cognitoEndpoint: z.string().describe("Where the user pool's API answers."),
    loginUrl: z.string().nullable().describe('Where a browser signs in; null where the user pool has no pages.'),
    profile: z.string(),
    apiUrl: z
      .url()
      .describe("Where keys call the API. The operations that people need are at the page's own address too."),
    paths: z
      .record(z.string(), z.string())
      .describe('Paths of operations that are not where this API has them by default.'),
    keyTypes: z.array(
      z.object({
        type: key.shape.type,
        prefix: z.string().describe('What such a key begins with, before `_live_` or `_test_`.'),
        scopes: z.array(z.string()).describe('Scopes that such a key can have.'),
      }),
    ),
    keyFormat: key.shape.format,
    keyHeaders: z.object({ secret: z.array(z.string()), publishable: z.string() }),
    tiers: z.object({ development: limits, production: limits }),
    defaultTier: z
      .object({ test: z.enum(['development', 'production']), live: z.enum(['development', 'production']) })
      .describe('The tier of a key that names neither tier nor limits, by its mode.'),
    memberScopes: z.array(z.string()).describe('Scopes that members can have.'),
    apps: z
      .array(z.object({ name: z.string(), redirect: z.string(), scopes }))
      .describe('Apps that may ask a member for a key.'),
    memberSessions: lifetimes.extend({ token: seconds('Of a session token.') }).describe('In seconds.'),
    consumerSessions: lifetimes.describe('In seconds.'),
    sampleRequest: z.string().describe('A path that a key may GET, to try a key.'),
  })
  .describe('What a page or a script must know to sign a member in and to show keys. Nothing in it is secret.')
  .meta({ id: 'Config' });
