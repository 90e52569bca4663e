import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { codeIn } from '../../lambdas/contract/dialect.ts';
import { errors } from '../../lambdas/contract/errors.ts';
import { findSample, openApiDocument } from '../../lambdas/contract/openapi.ts';
import { pathParameters } from '../../lambdas/contract/operations/description.ts';
import { operations } from '../../lambdas/contract/operations/index.ts';
import type { Profile } from '../../lambdas/contract/profile.ts';
import {
  allRoutes,
  type ProtectedRoute,
  pathsOf,
  protectedRoutes,
  type Route,
  routesOf,
  sampleRoutesOf,
} from '../../lambdas/contract/routes.ts';
import { fabraix, fanfare, fluxrate, fractalpack, fxland } from '../../lib/profiles/index.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** As much of OpenAPI as the tests look at. */
interface Answer {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, Answer>>;
  readonly 'x-alias-of'?: string;
  readonly servers?: readonly { readonly url: string }[];
}
interface Document {
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'schemas' | 'responses' | 'securitySchemes', Readonly<Record<string, object>>>>;
}

const URL = 'https://api.acme.example';
const own: ProtectedRoute = {
  method: 'POST',
  path: '/v1/widgets/{widgetId}',
  principals: ['key', 'publishable-key'],
  scopes: ['widgets:write', 'things:read'],
  limited: 'deny',
};
/** Everything is somewhere else. */
const elsewhere: Profile = {
  ...fractalpack,
  name: 'elsewhere',
  keyHeaders: { secret: ['X-Acme-Key'], publishable: 'X-Acme-Public-Key' },
  cookies: { access: 'acme_access', refresh: 'acme_refresh', login: 'acme_login' },
  paths: { createKey: ['/v2/credentials', '/v2/keys', '/v2/tokens'], listItems: ['/v2/things'] },
};
const profiles = [fractalpack, fanfare, fxland, fabraix, fluxrate, elsewhere];

const routesIn = (profile: Profile) => ({ ...routesOf(profile), ...sampleRoutesOf(profile) });
const documentOf = (profile: Profile, ownRoutes: readonly ProtectedRoute[] = [own]) =>
  openApiDocument({ profile, routes: routesIn(profile), ownRoutes, url: URL, apiUrl: URL }) as unknown as Document;
const operationsOf = (document: Document) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

describe.each(profiles.map((profile) => [profile.name, profile] as const))('the document of %s', (_, profile) => {
  const document = documentOf(profile);
  const described = operationsOf(document);

  it('is OpenAPI 3.1', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    // Whose API it is, is the deployment's to say; and that it is up is said to everybody.
    const known = ['info-license', 'operation-4xx-response'];
    expect(problems.filter(({ ruleId }) => !known.includes(ruleId)).map(({ message }) => message)).toEqual([]);
  });

  it('has every path of every operation, and nothing else', () => {
    const expected = Object.values<Route>(routesIn(profile)).flatMap((route) =>
      pathsOf(route).map((path) => `${route.method} ${path}`),
    );
    const found = described.map(({ method, path }) => `${method} ${path}`);
    expect(found.toSorted()).toEqual([...expected, 'POST /v1/widgets/{widgetId}'].toSorted());
  });

  it('names an operation by its first path, and says whose alias another is', () => {
    for (const [operation, route] of Object.entries<Route>(routesIn(profile))) {
      for (const [index, path] of pathsOf(route).entries()) {
        const { operationId, 'x-alias-of': aliasOf } = document.paths[path]?.[route.method.toLowerCase()] ?? {};
        expect([operationId, aliasOf]).toEqual(
          index === 0 ? [operation, undefined] : [`${operation}_${index + 1}`, operation],
        );
      }
    }
  });

  it('asks for the scopes that a route does, by whatever its principals come with', () => {
    for (const { method, path, principals, scopes } of [...protectedRoutes(routesIn(profile)), own]) {
      const { security = [], operationId } = document.paths[path]?.[method.toLowerCase()] ?? {};
      if (operationId === 'refreshSession' || operationId === 'logOut') continue;
      for (const requirement of security) expect(Object.values(requirement)).toEqual([scopes]);
      const schemes = security.flatMap((requirement) => Object.keys(requirement));
      const has = (...types: typeof principals) => types.some((type) => principals.includes(type));
      expect(schemes.includes(profile.keyHeaders.publishable)).toBe(has('publishable-key'));
      for (const header of profile.keyHeaders.secret) expect(schemes.includes(header)).toBe(has('key', 'admin-key'));
      expect(schemes.includes('session')).toBe(has('member'));
      expect(schemes.length > 0).toBe(!has('anonymous'));
      for (const scheme of schemes) expect(Object.keys(document.components.securitySchemes)).toContain(scheme);
    }
    expect(document.paths['/health']?.get?.security).toEqual([]);
  });

  it('lists codes that there are, each with the status that it has', () => {
    const statuses = Object.fromEntries(
      Object.entries(errors).map(([code, { status }]) => [codeIn(profile.dialect, code), status]),
    );
    let listed = 0;
    for (const { operation } of described) {
      for (const [status, answer] of Object.entries(operation.responses)) {
        const name = answer.$ref?.split('/').at(-1) ?? '';
        const { content, description } = (answer.$ref ? document.components.responses[name] : answer) as Answer;
        const codes = Array.from(description?.matchAll(/^`(\w+)`: /gm) ?? [], ([, code = '']) => code);
        if (content === undefined || Number(status) < 400 || status === 'default') continue;
        listed += codes.length;
        expect(codes.length).toBeGreaterThan(0);
        for (const code of codes) {
          // The gateway cannot say 429 in the place of a function that does not.
          const denied = operation.operationId === 'post_v1_widgets_widgetId' && code.toLowerCase() === 'rate_limited';
          expect([code, denied ? 403 : statuses[code]]).toEqual([code, Number(status)]);
        }
        const limited = profile.dialect.form === 'typed' && status === '429';
        const [{ schema } = { schema: {} }] = Object.values(content);
        for (const code of limited ? [] : codes) expect(JSON.stringify(schema)).toContain(`"${code}"`);
      }
    }
    expect(listed).toBeGreaterThan(300);
  });

  it('has no schema that says nothing', () => {
    const empty: string[] = [];
    const look = (value: unknown, where: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const children = Object.entries(value);
      if (children.length === 0 && !MEANT_EMPTY.test(where)) empty.push(where);
      for (const [name, child] of children) look(child, `${where}/${name}`);
    };
    look(document, '');
    expect(empty).toEqual([]);
  });

  it('is the same for the same deployment', () => {
    expect(JSON.stringify(documentOf(profile))).toBe(JSON.stringify(document));
  });
});

/** No parameters, no scopes, nothing that an engineer has said of a body, and JSON of whatever form. */
const MEANT_EMPTY =
  /\/(?:security|x-scopes|security\/\d+\/[^/]+)$|\*\/\*$|\/202\/content\/.*\/properties$|OpenGuestSession\/(?:properties|examples\/0)$|OpenApiDocument\/additionalProperties$|AuditEvent\/properties\/details\/additionalProperties$/;

describe('the document', () => {
  it('has a word on every parameter of the stack itself', () => {
    const parameters = operationsOf(documentOf(fractalpack, [])).flatMap(({ operation }) => operation.parameters ?? []);
    expect(parameters.length).toBeGreaterThan(50);
    for (const { name, description } of parameters) expect([name, description]).toEqual([name, expect.any(String)]);
    const named = Object.values<Route>(allRoutes).flatMap(({ path }) => path.match(/(?<=\{)[^}]+/g) ?? []);
    expect(Object.keys(pathParameters).toSorted()).toEqual([...new Set(named)].toSorted());
  });

  it('describes fields that there are, by examples that are taken', () => {
    for (const { query, body } of Object.values(operations)) {
      for (const request of [query, body]) {
        if (request)
          expect(Object.keys(request.fields).toSorted()).toEqual(Object.keys(request.schema.shape).toSorted());
      }
      if (body) expect([body.name, body.schema.safeParse(body.example).error]).toEqual([body.name, undefined]);
    }
  });

  it('says where the API is, and of which version', () => {
    const { servers, info } = documentOf(fractalpack);
    expect(servers).toEqual([{ url: URL }]);
    expect(info.version).toBe(packageJson.version);
  });

  it("says where the deployment's functions are, where the dashboard's address is another", () => {
    const dashboard = 'https://d111.cloudfront.example';
    const options = { profile: fractalpack, routes: routesIn(fractalpack), ownRoutes: [own], url: dashboard };
    const document = openApiDocument({ ...options, apiUrl: URL }) as unknown as Document;
    expect(document.servers).toEqual([{ url: dashboard }, { url: URL }]);
    const elsewhere = operationsOf(document).filter(({ operation }) => operation.servers?.[0]?.url === URL);
    expect(elsewhere.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/items',
      'GET /api/v1/items',
      `POST ${own.path}`,
    ]);
  });

  it('knows the sample by its routes, and takes nothing of an engineer for it', () => {
    const sample = protectedRoutes(sampleRoutesOf(fractalpack));
    const found = findSample(fractalpack, [own, ...sample]);
    expect([Object.keys(found.sample), found.ownRoutes]).toEqual([['createItem', 'listItems'], [own]]);
    const theirs = sample.map((route) => ({ ...route, scopes: ['boxes:read'] }));
    expect(findSample(fractalpack, theirs)).toEqual({ sample: {}, ownRoutes: theirs });
    expect(findSample(fractalpack, sample.slice(1))).toEqual({ sample: {}, ownRoutes: sample.slice(1) });
  });

  it("tells of an engineer's own route who may call it", () => {
    const { post } = documentOf(fractalpack).paths[own.path] ?? {};
    expect(post?.security).toEqual(
      ['X-Api-Key', 'X-Secret-Key', 'bearer', 'X-Publishable-Key'].map((scheme) => ({ [scheme]: own.scopes })),
    );
    expect(Object.keys(post?.responses ?? {})).toEqual(['401', '403', '503', '2XX', 'default']);
    expect(post?.responses['403']?.description).toMatch(/^`rate_limited`/m);
  });

  it('warns of secret keys in browsers where they are refused', () => {
    const codes = (profile: Profile) => documentOf(profile).paths['/api/v1/items']?.get?.responses['403']?.description;
    expect(codes(fanfare)).toContain('secret_key_exposed');
    expect(codes(fractalpack)).not.toContain('secret_key_exposed');
  });

  it('does not compile without a word on every field', async () => {
    const { body } = await import('../../lambdas/contract/operations/description.ts');
    const { createKey } = await import('../../lambdas/contract/schemas.ts');
    // @ts-expect-error most of its fields are not described
    expect(body('CreateKey', createKey, { label: 'What it is called.' }, { label: 'x' }).name).toBe('CreateKey');
  });
});
