import { randomUUID } from 'node:crypto';
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import type { ServiceConfig } from '../../lambdas/handlers/service.ts';
import { connect, signInOrUp } from '../../local/members.ts';
import { documentOf } from './document.ts';
import { learnSecrets } from './secrets.ts';

/** A running stack, wherever it runs. */
export interface Target {
  readonly url: string;
  /** Requests that a test key may make in a minute. */
  readonly testLimit: number;
  /** Requests in flight that it stands: each costs the emulator a process. */
  readonly concurrency: number;
  /** Requests that race with a revocation. */
  readonly racing: number;
  /** The code that was mailed to an address, to confirm it or to reset its password. */
  readonly readCode: (email: string, purpose: 'confirm' | 'reset') => Promise<string>;
  /** Notes that an address was confirmed, where the user pool forgets to. */
  readonly markVerified?: (email: string) => Promise<void>;
  /** The text of the mail that the stack itself sent last to an address, or undefined where it sends none. */
  readonly readMail?: (email: string) => Promise<string | undefined>;
  /** The text message that was sent last to a number, where the stack sends any. */
  readonly readText?: (phone: string) => Promise<string | undefined>;
  /** Whether its gateway prints the authorizer's context in a 403. API Gateway does; the emulator does not. */
  readonly printsDenials: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the answers' shapes are what the tests are about
  readonly body: any;
}

export interface Tokens {
  readonly access: string;
  readonly id: string;
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
export const apiKey = (key: string) => ({ 'X-Api-Key': key });

export const PASSWORD = 'Correct-horse-battery-1';

export const newEmail = () => `${randomUUID()}@example.com`;

/** What the tests do to a stack, over HTTP. */
export function createClient(
  target: Pick<Target, 'url'> & Partial<Pick<Target, 'readCode' | 'markVerified' | 'printsDenials'>>,
) {
  const { printsDenials = true } = target;

  /** Every answer is held against the document that the stack serves. */
  async function call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer> {
    const check = await documentOf(target.url);
    const response = await fetch(target.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === '' ? undefined : text.startsWith('<') ? text : JSON.parse(text);
    const { status, headers: received } = response;
    learnSecrets({ url: target.url + path, headers, sent: asJson(body), received, body: parsed });
    check({ method, path, sent: body, status, headers: received, body: parsed, printsDenials });
    return { status, headers: received, body: parsed };
  }

  /** A new member who has no organization yet. */
  async function newMember(email = newEmail()): Promise<Tokens> {
    const config: ServiceConfig = (await call('GET', '/config.json')).body;
    const login = { email, password: PASSWORD };
    await signInOrUp(config, login);
    const { AuthenticationResult } = await connect(config).send(
      new InitiateAuthCommand({
        ClientId: config.clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: login.email, PASSWORD: login.password },
      }),
    );
    return { access: AuthenticationResult?.AccessToken ?? '', id: AuthenticationResult?.IdToken ?? '' };
  }

  /** The owner of a new organization. */
  async function newOrganization(name = 'Acme'): Promise<Tokens> {
    const tokens = await newMember();
    const { status } = await call('POST', '/api/v1/organization', bearer(tokens.access), { name });
    expect(status).toBe(201);
    return tokens;
  }

  async function newKey(owner: Tokens, fields: Record<string, unknown> = {}) {
    const { status, body } = await call('POST', '/api/v1/keys', bearer(owner.access), { label: 'a key', ...fields });
    expect(status).toBe(201);
    return body as { keyId: string; apiKey: string; keyPrefix: string; expiresAt?: string; createdAt: string };
  }

  /** Somebody who signed up by the API, and has confirmed their address. */
  async function signedUp(fields: object = { organization_name: 'Acme Corp' }, email = newEmail()) {
    const input = { email, password: PASSWORD, ...fields };
    const { status, body } = await call('POST', '/api/v1/auth/signup', {}, input);
    expect(status).toBe(201);
    const code = await target.readCode?.(email, 'confirm');
    expect((await call('POST', '/api/v1/auth/confirm', {}, { email, code })).status).toBe(204);
    await target.markVerified?.(email);
    return { email, ...(body as { user: { id: string }; organization: { id: string; name: string } }) };
  }

  const logIn = (email: string, password = PASSWORD) => call('POST', '/api/v1/auth/login', {}, { email, password });

  return { call, newMember, newOrganization, newKey, signedUp, logIn };
}

/** What is sent as text may be JSON, whole or not. */
function asJson(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export type Client = ReturnType<typeof createClient>;

/** Waits, where fewer seconds than these are left of the minute, for the next: limits count by the minute. */
export const secondsOfOneMinute = (needed: number): Promise<void> => secondsOf(60, needed);

/** The same, of the hour. */
export const secondsOfOneHour = (needed: number): Promise<void> => secondsOf(3_600, needed);

async function secondsOf(window: number, needed: number): Promise<void> {
  const left = window - ((Date.now() / 1_000) % window);
  if (left < needed) await new Promise((resolve) => setTimeout(resolve, left * 1_000 + 50));
}

/** Makes `count` calls, at most `concurrency` of them at once. */
export async function inParallel<T>(count: number, concurrency: number, call: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let started = 0;
  const worker = async () => {
    while (started++ < count) results.push(await call());
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
