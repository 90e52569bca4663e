import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { forgeByRsa } from '../attacks/token-world.ts';

/** An app client's id. */
export const LOGIN_CLIENT = 'a-client';

/** Where browsers are sent back to. */
export const CALLBACK = 'https://api.example.com/callback';

/** A person at the pages, who has said who they are. */
interface Person {
  readonly id: string;
  readonly email: string;
}

/** The pages of a user pool, as far as this stack calls them: the token endpoint, and the keys of its tokens. */
export async function startLoginPages() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
  const codes = new Map<string, { readonly challenge: string | null; readonly claims: object }>();
  const server = createServer(async (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    if (request.url === '/.well-known/jwks.json') return void response.end(JSON.stringify({ keys }));
    const given = new URLSearchParams(await text(request));
    const code = given.get('code') ?? '';
    const known = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    const matches = given.get('client_id') === LOGIN_CLIENT && given.get('redirect_uri') === CALLBACK;
    if (!known || known.challenge !== challenge || !matches) {
      return void response.writeHead(400).end('{"error":"invalid_grant"}');
    }
    response.end(JSON.stringify({ id_token: forgeByRsa({ alg: 'RS256', kid: 'one' }, known.claims, privateKey) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /**
   * Signs a person in who was sent there.
   * @param signedInAt epoch seconds
   * @returns the query that their browser comes back with
   */
  function signIn(sentTo: string, { id: sub, email }: Person, signedInAt: number): string {
    const { searchParams } = new URL(sentTo);
    const code = randomUUID();
    const claims = { iss: url, aud: LOGIN_CLIENT, token_use: 'id', sub, email, auth_time: signedInAt };
    const exp = Math.floor(Date.now() / 1_000) + 3_600;
    codes.set(code, {
      challenge: searchParams.get('code_challenge'),
      claims: { ...claims, exp, nonce: searchParams.get('nonce') },
    });
    return `?${new URLSearchParams({ code, state: searchParams.get('state') ?? '' })}`;
  }

  return {
    url,
    signIn,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
