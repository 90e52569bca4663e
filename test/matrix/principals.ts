import type { Mode } from '../../lambdas/contract/profile.ts';
import { cookiesOf } from '../acceptance/cookies.ts';
import { apiKey, bearer, createClient, newEmail, type Target } from '../acceptance/target.ts';
import { type Caller, type Kind, scopesIn } from './access.ts';
import { type Documented, servedIn } from './documented.ts';
import type { Extent } from './extent.ts';
import { type Organization, type Person, personOf } from './organization.ts';

type Headers = Readonly<Record<string, string>>;

/** Who calls, and by what. */
export interface Principal extends Caller {
  readonly name: string;
  readonly headers: Headers;
  /** The only one that it sees; members see both. */
  readonly mode?: Mode;
  readonly person?: Person;
  /** How a person's request says who they are. */
  readonly form?: Form;
  readonly keyId?: string;
  /** Another as good as this, for what ends whoever calls it; one of a person's is another person. */
  readonly renewed?: () => Promise<Principal>;
}

type Form = 'session token' | 'cookie' | 'access token' | 'Cognito access token' | 'Cognito ID token';
export const FORMS: readonly Form[] = [
  'session token',
  'cookie',
  'access token',
  'Cognito access token',
  'Cognito ID token',
];

const KIND_OF = { owner: 'o', admin: 'a', developer: 'd', viewer: 'v' } as const;
type Role = keyof typeof KIND_OF;

/** An organization has thirty invitations a minute, so that not everybody comes in every form. */
const MEMBERS: readonly (readonly [Role, Form])[] = [
  ...FORMS.map((form) => ['owner', form] as const),
  ['admin', 'access token'],
  ['developer', 'session token'],
  ['viewer', 'session token'],
  ['viewer', 'cookie'],
];

/** As a page of the API's own sends it. */
const inCookie = (token: string) => ({ Cookie: `access_token=${token}`, 'Sec-Fetch-Site': 'same-origin' });

export function createPrincipals(target: Target, profile: Documented, extent: Extent) {
  const client = createClient(target);

  const accessTokenOf = async ({ email }: Person) =>
    cookiesOf(await client.logIn(email)).find(({ name }) => name === 'access_token')?.value ?? '';

  async function headersOf(person: Person, form: Form, { tokenOf }: Pick<Organization, 'tokenOf'>): Promise<Headers> {
    if (form === 'session token') return bearer(await tokenOf(person));
    if (form === 'cookie') return inCookie(await accessTokenOf(person));
    if (form === 'access token') return bearer(await accessTokenOf(person));
    return bearer(form === 'Cognito access token' ? person.tokens.access : person.tokens.id);
  }

  /** @param elsewhere where another like them is made */
  async function member(
    role: Role,
    person: Person,
    form: Form,
    organization: Organization,
    elsewhere: Organization,
  ): Promise<Principal> {
    const headers = await headersOf(person, form, organization);
    const renewed = async () => member(role, await elsewhere.newMember(role), form, elsewhere, elsewhere);
    return { name: `${role} by ${form}`, kind: KIND_OF[role], headers, person, form, renewed };
  }

  async function key(organization: Organization, kind: Kind, mode: Mode, fields: Fields = {}): Promise<Principal> {
    const { apiKey: value, keyId } = await organization.newKey(mode, fields);
    const headers = kind === 'P' ? { 'X-Publishable-Key': value } : apiKey(value);
    const { type = 'secret', scopes, format } = fields;
    const name = [mode, type, 'key', format ?? '', scopes?.join(' ') ?? ''].join(' ').trim();
    const renewed = () => key(organization, kind, mode, fields);
    return { name, kind, mode, keyId, headers, ...(scopes && { scopes }), renewed };
  }

  async function widget(organization: Organization, mode: Mode, scopes: readonly string[]): Promise<Principal> {
    const { customer } = organization.objects[mode];
    const by = apiKey(organization.keys[mode].secret);
    const { body } = await client.call('POST', '/api/v1/widget/token', by, { customer_external_id: customer, scopes });
    return { name: `${mode} widget ${scopes.join(' ')}`, kind: 'W', mode, scopes, headers: bearer(body.token) };
  }

  async function consumer(organization: Organization, kind: 'c' | 'g', mode: Mode): Promise<Principal> {
    const { accessToken } = await (kind === 'c' ? organization.newConsumer(mode) : organization.newGuest(mode));
    const renewed = () => consumer(organization, kind, mode);
    return {
      name: `${mode} ${kind === 'c' ? 'consumer' : 'guest'}`,
      kind,
      mode,
      headers: bearer(accessToken),
      renewed,
    };
  }

  async function stranger(form: Form, organization: Organization): Promise<Principal> {
    const person = await personOf(client, newEmail());
    const headers = await headersOf(person, form, organization);
    return {
      name: `stranger by ${form}`,
      kind: 's',
      headers,
      person,
      form,
      renewed: () => stranger(form, organization),
    };
  }

  async function pooled(organization: Organization, token: 'access' | 'id'): Promise<Principal> {
    const headers = bearer((await organization.pools.people.newPerson())[token]);
    return {
      name: `person of an own pool, ${token} token`,
      kind: 'u',
      headers,
      renewed: () => pooled(organization, token),
    };
  }

  const keysIn = (organization: Organization, mode: Mode) => [
    key(organization, 'K', mode),
    key(organization, 'A', mode, { type: 'admin' }),
    key(organization, 'P', mode, { type: 'publishable' }),
    widget(organization, mode, ['usage.read', 'usage.write']),
    consumer(organization, 'c', mode),
    consumer(organization, 'g', mode),
  ];

  /** A secret key that a page of somebody else's sends. */
  async function inPage(organization: Organization, kind: 'K' | 'A'): Promise<Principal> {
    const sent = await key(organization, kind, 'live', kind === 'A' ? { type: 'admin' } : {});
    const headers = { ...sent.headers, Origin: 'https://shop.example' };
    const renewed = () => inPage(organization, kind);
    return { ...sent, name: `${sent.name} in a page`, headers, page: profile.pages, renewed };
  }

  /** Scopes that a kind of key can have in this profile; in a sample, one of them. */
  const scopesOf = (kind: 'K' | 'A' | 'P') =>
    extent === 'all' ? scopesIn(kind, servedIn(profile)) : [SAMPLE_SCOPES[kind]];

  /** Keys that have one scope. */
  const narrow = (organization: Organization) => [
    ...scopesOf('K').map((scope) => key(organization, 'K', 'live', { type: 'restricted', scopes: [scope] })),
    ...scopesOf('A').map((scope) => key(organization, 'A', 'live', { type: 'admin', scopes: [scope] })),
    ...scopesOf('P').map((scope) => key(organization, 'P', 'live', { type: 'publishable', scopes: [scope] })),
    widget(organization, 'live', ['usage.read']),
    widget(organization, 'test', ['usage.write']),
  ];

  /**
   * Everybody who has something to do with an organization.
   * @param elsewhere an organization for those who are used up
   */
  async function all(organization: Organization, elsewhere: Organization): Promise<readonly Principal[]> {
    const { members } = organization;
    return Promise.all<Promise<Principal> | Principal>([
      ...keysIn(organization, 'live'),
      ...keysIn(organization, 'test'),
      // One of them is of the form that the profile's keys have anyway.
      key(organization, 'K', 'live', { format: 'jwt' }),
      key(organization, 'K', 'live', { format: 'opaque' }),
      inPage(organization, 'K'),
      inPage(organization, 'A'),
      ...narrow(organization),
      ...MEMBERS.map(([role, form]) => member(role, members[role], form, organization, elsewhere)),
      pooled(organization, 'access'),
      pooled(organization, 'id'),
      stranger('session token', organization),
      stranger('Cognito access token', organization),
      { name: 'nobody', kind: '-', headers: {} } satisfies Principal,
    ]);
  }

  return { all, member, key, widget, consumer, stranger, headersOf, client };
}

export type Principals = ReturnType<typeof createPrincipals>;

interface Fields {
  readonly type?: 'secret' | 'publishable' | 'restricted' | 'admin';
  readonly scopes?: readonly string[];
  readonly format?: 'jwt' | 'opaque';
}

const SAMPLE_SCOPES = { K: 'consumers:read', A: 'keys:read', P: 'consumer-sessions:write' } as const;
