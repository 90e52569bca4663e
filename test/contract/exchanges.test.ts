import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../lambdas/contract/dialect.ts';
import { type ErrorCode, errors } from '../../lambdas/contract/errors.ts';
import { openApiDocument } from '../../lambdas/contract/openapi.ts';
import { routesOf, sampleRoutesOf } from '../../lambdas/contract/routes.ts';
import { ApiError } from '../../lambdas/core/errors.ts';
import { factsOf, renderError } from '../../lambdas/core/render-error.ts';
import { fabraix, fractalpack, fxland, type Profile } from '../../lib/profiles/index.ts';
import { createCheck } from '../acceptance/document.ts';

/** What holds every answer of the acceptance tests against the document. */

const checkOf = (profile: Profile) => {
  const routes = { ...routesOf(profile), ...sampleRoutesOf(profile) };
  const check = createCheck(
    openApiDocument({ profile, routes, ownRoutes: [], url: 'http://localhost', apiUrl: 'http://localhost' }),
  );
  const usual = {
    path: '/api/v1/keys',
    sent: undefined,
    printsDenials: true,
    headers: {},
  };
  return ({ headers = {}, ...exchange }: Partial<Exchange> & { method: string; status: number; body: unknown }) =>
    check({ ...usual, ...exchange, headers: new Headers(headers) });
};
interface Exchange {
  readonly path: string;
  readonly sent: unknown;
  readonly headers: Record<string, string>;
  readonly printsDenials: boolean;
}

const limits = { RateLimit: '"minute";r=1;t=1', 'RateLimit-Policy': '"minute";q=1;w=60' };
const json = { 'Content-Type': 'application/json', ...limits };
const item = { id: 'item_0123456789abcdef', name: 'a box', createdAt: '2026-04-03T12:00:00Z' };

describe('an answer', () => {
  const check = checkOf(fractalpack);
  const list = { method: 'GET', path: '/api/v1/items', status: 200, headers: json };

  it('fits its schema', () => {
    expect(() => check({ ...list, body: { items: [item], nextCursor: 'x' } })).not.toThrow();
  });

  it.each<[string, object, RegExp]>([
    ['has a field too many', { body: { items: [{ ...item, secret: 'x' }] } }, /unevaluated.*secret/],
    ['has a field too many at its top', { body: { items: [], total: 1 } }, /unevaluated.*total/],
    ['lacks a field', { body: { items: [{ id: item.id, name: 'x' }] } }, /required property 'createdAt'/],
    ['has a field of another type', { body: { items: [{ ...item, name: 7 }] } }, /must be string/],
    ['has a time that is none', { body: { items: [{ ...item, createdAt: '2026-04-03 12:00' }] } }, /date-time/],
    ['has no body', { body: undefined }, /the body is missing/],
    ['is of another type', { headers: { ...limits, 'Content-Type': 'text/html' }, body: '<p>' }, /it is text\/html/],
    ['lacks a header', { headers: { 'Content-Type': 'application/json' }, body: { items: [] } }, /header RateLimit/],
    ['has another status', { status: 201, body: { items: [] } }, /status is not documented/],
    ['took what is not documented', { path: '/api/v1/items?colour=red', body: { items: [] } }, /took colour/],
  ])('is refused that %s', (_, fields, message) => {
    expect(() => check({ ...list, body: { items: [item] }, ...fields })).toThrow(message);
  });

  it('is refused where the request should have been', () => {
    const create = { method: 'POST', path: '/api/v1/items', status: 201, headers: json, body: item };
    expect(() => check({ ...create, sent: { name: 'a box' } })).not.toThrow();
    expect(() => check({ ...create, sent: '{"name": "a box"}' })).not.toThrow();
    expect(() => check({ ...create, sent: { title: 'a box' } })).toThrow(/of what it took/);
    expect(() => check(create)).toThrow('it took no body');
  });

  it('is refused from where nothing is, unless it says so', () => {
    const path = '/api/v1/nothing';
    expect(() => check({ method: 'GET', path, status: 200, headers: json, body: {} })).toThrow(/documented nowhere/);
    expect(() => check({ method: 'GET', path, status: 404, headers: json, body: {} })).toThrow(/required property/);
    expect(() => check({ method: 'PUT', path: '/api/v1/items', ...failure(fractalpack, 'not_found') })).not.toThrow();
    expect(() => check({ method: 'GET', path: '/outbox', status: 200, headers: json, body: {} })).not.toThrow();
  });
});

function failure(profile: Profile, code: ErrorCode, options: ConstructorParameters<typeof ApiError>[2] = {}) {
  const { status } = errors[code];
  const headers = { 'Content-Type': mediaTypeOf(profile), 'Retry-After': '1', 'WWW-Authenticate': 'Bearer' };
  return {
    status,
    headers: { ...headers, ...limits },
    body: JSON.parse(renderError(profile, factsOf(new ApiError(code, 'No.', options), 'request-1'))) as object,
  };
}

describe.each([fractalpack, fabraix, fxland])('an error of $name', (profile) => {
  const check = checkOf(profile);
  const get = { method: 'GET', path: '/api/v1/keys/key_0123456789' };
  const fields = [{ field: 'label', message: 'Too long' }];

  it('is one of those of its operation', () => {
    for (const code of ['unauthorized', 'insufficient_permissions', 'not_found', 'unavailable'] as const) {
      expect(() => check({ ...get, ...failure(profile, code) })).not.toThrow();
    }
    expect(() => check({ ...get, ...failure(profile, 'rate_limited', { retryAfter: 1 }) })).not.toThrow();
    const patch = { ...get, method: 'PATCH' };
    expect(() => check({ ...patch, ...failure(profile, 'validation_failed', { fields }) })).not.toThrow();
  });

  it('is refused that is another with the same status, or of another status', () => {
    expect(() => check({ ...get, ...failure(profile, 'secret_key_exposed') })).toThrow(/allowed values/);
    expect(() => check({ ...get, ...failure(profile, 'invalid_session') })).toThrow(/must be equal/);
    expect(() => check({ ...get, ...failure(profile, 'key_inactive') })).toThrow(/status is not documented/);
  });

  it('is refused without what its headers promise, or with a field of its own', () => {
    const { headers, ...rest } = failure(profile, 'rate_limited');
    const { 'Retry-After': _, ...fewer } = headers;
    expect(() => check({ ...get, ...rest, headers: fewer })).toThrow(/Retry-After/);
    expect(() => check({ ...get, ...rest, headers, body: { ...rest.body, stack: 'x' } })).toThrow(/stack/);
  });

  it('may say no reason where the gateway does not print one, and nowhere else', () => {
    const denied = failure(profile, 'insufficient_permissions');
    const code = profile.dialect.form === 'reason' ? 'INSUFFICIENT_PERMISSIONS' : 'insufficient_permissions';
    const body = JSON.parse(JSON.stringify(denied.body).replaceAll(code, '$context.authorizer.code'));
    expect(() => check({ ...get, ...denied, body, printsDenials: false })).not.toThrow();
    expect(() => check({ ...get, ...denied, body })).toThrow(/code|reason/);
    const more = { ...body, more: 1 };
    expect(() => check({ ...get, ...denied, body: more, printsDenials: false })).toThrow(/more/);
  });
});
