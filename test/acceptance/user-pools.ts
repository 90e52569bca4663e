import { randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../local/members.ts';
import { bearer, type Client, createClient, type Target, type Tokens } from './target.ts';

const PASSWORD = 'Correct-horse-battery-1';

/** A user pool that somebody has beside the stack's, with an app client. */
export async function newUserPool(cognito: CognitoIdentityProviderClient) {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: `own-${randomUUID()}`, UsernameAttributes: ['email'] }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const newClient = async () => {
    const ExplicitAuthFlows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const;
    const request = { UserPoolId, ClientName: 'app', ExplicitAuthFlows: [...ExplicitAuthFlows] };
    const { UserPoolClient } = await cognito.send(new CreateUserPoolClientCommand(request));
    return UserPoolClient?.ClientId ?? '';
  };
  const clientId = await newClient();

  /** A new person of the pool, in a group where one is named. */
  async function newPerson(group?: string, ClientId = clientId): Promise<Tokens> {
    const Username = `${randomUUID()}@example.com`;
    const UserAttributes = [{ Name: 'email', Value: Username }];
    await cognito.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes }));
    await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }));
    if (group !== undefined) {
      await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: group }));
      await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: group }));
    }
    const AuthParameters = { USERNAME: Username, PASSWORD };
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    return { access: AuthenticationResult?.AccessToken ?? '', id: AuthenticationResult?.IdToken ?? '' };
  }
  return { userPoolId: UserPoolId, clientId, newClient, newPerson };
}

/** User pools that organizations bring with them: whose their people are, and what they may do. */
export function describeUserPools(open: () => Promise<Target>) {
  describe("an organization's own user pool", () => {
    let client: Client;
    let owner: Tokens;
    let cognito: CognitoIdentityProviderClient;
    beforeAll(async () => {
      client = createClient(await open());
      owner = await client.newOrganization();
      cognito = connect((await client.call('GET', '/config.json')).body);
    });

    const POOLS = '/api/v1/organization/user-pools';
    const register = (by: Tokens, userPoolId: string, body: object) =>
      client.call('PUT', `${POOLS}/${userPoolId}`, bearer(by.access), body);
    const items = async (token: string) => (await client.call('GET', '/api/v1/items', bearer(token))).status;
    const organizationOf = async (tokens: Tokens) =>
      (await client.call('GET', '/api/v1/organization', bearer(tokens.access))).body.id as string;
    /** Longer than a container believes what it knows of a pool. */
    const settled = () => new Promise((resolve) => setTimeout(resolve, 1_100));

    it('lets its people in, to that organization and with the scopes of the registration', async () => {
      const pool = await newUserPool(cognito);
      const person = await pool.newPerson();
      expect(await items(person.access)).toBe(401);
      const { status, body } = await register(owner, pool.userPoolId, {
        clientIds: [pool.clientId],
        scopes: ['items:read', 'organization:read'],
      });
      expect([status, body]).toEqual([
        200,
        {
          userPoolId: pool.userPoolId,
          clientIds: [pool.clientId],
          scopes: ['items:read', 'organization:read'],
          registeredAt: expect.any(String),
        },
      ]);
      await settled();
      expect([await items(person.access), await items(person.id)]).toEqual([200, 200]);
      expect(await organizationOf(person)).toBe(await organizationOf(owner));
      const writing = [
        await client.call('POST', '/api/v1/items', bearer(person.access), { name: 'x' }),
        await client.call('POST', '/api/v1/keys', bearer(person.access), { label: 'x' }),
        await register(person, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['*'] }),
      ];
      expect(writing.map((answer) => answer.status)).toEqual([403, 403, 403]);
      const second = await client.call('POST', '/api/v1/organization', bearer(person.access), { name: 'Another' });
      expect([second.status, second.body.code]).toEqual([409, 'organization_exists']);
    });

    it('gives its people keys with no more than they have', async () => {
      const pool = await newUserPool(cognito);
      await register(owner, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['keys:write', 'items:read'] });
      const person = await pool.newPerson();
      const create = (scopes?: string[]) =>
        client.call('POST', '/api/v1/keys', bearer(person.access), { label: 'x', ...(scopes && { scopes }) });
      expect((await create(['items:write'])).status).toBe(403);
      const own = await create();
      expect([own.status, own.body.scopes]).toEqual([201, ['items:read']]);
      expect(own.body.createdBy).toContain(`${pool.userPoolId}:`);
    });

    it('takes tokens of its registered clients alone', async () => {
      const pool = await newUserPool(cognito);
      const other = await pool.newClient();
      await register(owner, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['items:read'] });
      const [known, stranger] = [await pool.newPerson(), await pool.newPerson(undefined, other)];
      expect([await items(known.access), await items(stranger.access)]).toEqual([200, 401]);
      await register(owner, pool.userPoolId, { clientIds: [other], scopes: ['items:read'] });
      await settled();
      expect([await items(known.access), await items(stranger.access)]).toEqual([401, 200]);
    });

    it('is listed, and once it is removed its people are refused', async () => {
      const pool = await newUserPool(cognito);
      const other = await client.newOrganization('Other');
      await register(other, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['items:read'] });
      const list = () => client.call('GET', POOLS, bearer(other.access));
      expect((await list()).body.userPools.map(({ userPoolId }: { userPoolId: string }) => userPoolId)).toEqual([
        pool.userPoolId,
      ]);
      const person = await pool.newPerson();
      expect(await items(person.access)).toBe(200);
      const remove = (by: Tokens) => client.call('DELETE', `${POOLS}/${pool.userPoolId}`, bearer(by.access));
      expect((await remove(owner)).status).toBe(404);
      expect((await remove(other)).status).toBe(204);
      await settled();
      expect(await items(person.access)).toBe(401);
      expect((await list()).body).toEqual({ userPools: [] });
      expect((await remove(other)).status).toBe(204);
      // Its people still have the tokens that they had: nobody else gets them by asking.
      const taken = await register(owner, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['items:read'] });
      expect([taken.status, taken.body.code]).toEqual([409, 'user_pool_taken']);
      const again = await register(other, pool.userPoolId, { clientIds: [pool.clientId], scopes: ['items:read'] });
      expect(again.status).toBe(200);
    });

    it('is not found by a name that is none', async () => {
      for (const name of ['nothing', 'x'.repeat(3_000)]) {
        const { status } = await client.call('DELETE', `${POOLS}/${name}`, bearer(owner.access));
        expect(status).toBe(404);
      }
    });

    it('is claimed by a second organization with proof, and not without', async () => {
      const pool = await newUserPool(cognito);
      const rightful = await client.newOrganization('Rightful');
      const organizationId = await organizationOf(rightful);
      const registration = { clientIds: [pool.clientId], scopes: ['items:read', 'organization:read'] };
      await register(owner, pool.userPoolId, registration);
      const person = await pool.newPerson();
      expect(await organizationOf(person)).toBe(await organizationOf(owner));

      const bare = await register(rightful, pool.userPoolId, registration);
      expect([bare.status, bare.body.code]).toEqual([409, 'user_pool_taken']);
      expect(bare.body.detail).toContain(organizationId);

      const elsewhere = await newUserPool(cognito);
      const proofs = [
        person.access, // anybody of the pool
        (await pool.newPerson('org_0000000000000000')).access, // in another group
        (await elsewhere.newPerson(organizationId)).access, // of another pool
        (await pool.newPerson(`${organizationId}x`)).access,
        rightful.access,
        'not.a.token',
      ];
      for (const proof of proofs) {
        const { status, body } = await register(rightful, pool.userPoolId, { ...registration, proof });
        expect([status, body.errors?.[0].field]).toEqual([422, 'proof']);
      }
      await settled();
      expect(await organizationOf(person)).toBe(await organizationOf(owner));

      const proof = (await pool.newPerson(organizationId)).access;
      expect((await register(rightful, pool.userPoolId, { ...registration, proof })).status).toBe(200);
      await settled();
      expect(await organizationOf(person)).toBe(organizationId);
      expect((await register(owner, pool.userPoolId, registration)).status).toBe(409);
    });

    it('is registered by a person, with fields that make sense', async () => {
      const pool = await newUserPool(cognito);
      const { userPoolId: ours } = (await client.call('GET', '/config.json')).body;
      const good = { clientIds: [pool.clientId], scopes: ['items:read'] };
      const refused: [string, object, string][] = [
        [ours, good, 'userPoolId'],
        ['no-pool', good, 'userPoolId'],
        [pool.userPoolId, { ...good, clientIds: [] }, 'clientIds'],
        [pool.userPoolId, { ...good, clientIds: ['a client'] }, 'clientIds.0'],
        [pool.userPoolId, { ...good, scopes: [] }, 'scopes'],
        [pool.userPoolId, { ...good, scopes: ['items:fly'] }, 'scopes.0'],
        [pool.userPoolId, { clientIds: [pool.clientId] }, 'scopes'],
        [pool.userPoolId, { ...good, issuer: 'https://evil.example' }, 'issuer'],
      ];
      for (const [userPoolId, body, field] of refused) {
        const answer = await register(owner, userPoolId, body);
        expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
      }
      const admin = await client.newKey(owner, { type: 'admin' });
      const byKey = await client.call('PUT', `${POOLS}/${pool.userPoolId}`, { 'X-Api-Key': admin.apiKey }, good);
      expect(byKey.status).toBe(403);
    });
  });
}
