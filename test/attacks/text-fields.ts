import type * as z from 'zod';
import * as schemas from '../../lambdas/contract/schemas.ts';
import * as usageSchemas from '../../lambdas/contract/usage-schemas.ts';
import type { Parser } from './fuzzing.ts';

/** Texts with a form of their own, by the schema that checks it. */
export const TEXT_FIELDS: readonly Parser[] = textFields();

function textFields(): Parser[] {
  const field = (name: string, seeds: Parser['seeds'], body: (text: string) => object, schema: z.ZodType): Parser => ({
    name,
    seeds,
    run: (text) => schema.safeParse(body(text)),
  });
  return [
    field(
      'an e-mail address',
      ['somebody@example.com', 'a.b+c@d-e.f.example'],
      (email) => ({ email }),
      schemas.forgotPassword,
    ),
    field(
      'a password',
      ['Correct-horse-1'],
      (password) => ({ email: 'a@b.example', password, organization_name: 'x' }),
      schemas.signUp,
    ),
    field(
      'an origin',
      ['https://shop.example', 'capacitor://localhost', 'http://[::1]:3000'],
      (origin) => ({ label: 'x', type: 'publishable', allowedOrigins: [origin] }),
      schemas.createKey,
    ),
    field('a label', ['a label'], (label) => ({ label }), schemas.createKey),
    field(
      'a time',
      ['2026-04-03T12:00:00Z', '2026-04-03T12:00:00.123+02:00'],
      (from) => ({ from }),
      usageSchemas.listAuditEvents,
    ),
    field('an action', ['key.create'], (action) => ({ action }), usageSchemas.listAuditEvents),
    field('a day', ['2026-04-03', '2024-02-29'], (from) => ({ from }), usageSchemas.listUsage),
    field('dimensions', ['day,meter,customer,key'], (by) => ({ by }), usageSchemas.listUsage),
    field('a page size', ['100'], (limit) => ({ limit }), usageSchemas.listUsage),
    { name: 'an idempotency key', seeds: ['evt-1'], run: (text) => usageSchemas.idempotencyKey.safeParse(text) },
    field(
      'a name of usage',
      ['calls'],
      (customer_external_id) => ({ customer_external_id }),
      usageSchemas.createWidgetToken,
    ),
    field(
      'an attribute',
      ['plan'],
      (name) => ({ externalId: 'x', attributes: { [name]: name } }),
      schemas.createExchangeCode,
    ),
    field('an external id', ['42'], (externalId) => ({ externalId }), schemas.createExchangeCode),
    field('a phone number in a body', ['+12015550123'], (to) => ({ phone: to }), schemas.requestOtp),
    field(
      'a client of a user pool',
      ['1example23456789'],
      (client) => ({ clientIds: [client], scopes: ['*'] }),
      schemas.registerUserPool,
    ),
    field('a CID', ['QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKoq2i'], (cid) => ({ cid }), schemas.createPin),
    field(
      'a message',
      ['{organization}: {code}'],
      (emailText) => ({ consumers: { messages: { emailText } } }),
      schemas.updateOrganization,
    ),
  ];
}
