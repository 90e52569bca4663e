import * as z from 'zod';
import { isNetwork } from './cidr.ts';
import { HIGHEST_LIMITS } from './profile.ts';
import { ROLES } from './roles.ts';
import { isScope } from './routes.ts';

/** Bodies and queries as callers send them. Unknown fields are refused. */

const label = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'No control characters');

export const isUnique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

export const scopes = z
  .array(z.string().refine((scope) => scope === '*' || isScope(scope), 'Not a scope, such as items:read'))
  .min(1)
  .max(32)
  .refine(isUnique, 'A scope is listed twice')
  .refine((list) => list.length === 1 || !list.includes('*'), '* stands for every scope, alone');

const limits = z.strictObject({
  perMinute: z.int().min(1).max(HIGHEST_LIMITS.perMinute),
  perHour: z.int().min(1).max(HIGHEST_LIMITS.perHour),
});
const tier = z.enum(['development', 'production']);

const allowedCidrs = z
  .array(z.string().refine(isNetwork, 'Not a network, such as 192.0.2.0/24 or 2001:db8::/32'))
  .min(1)
  .max(20)
  .refine(isUnique, 'A network is listed twice');

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d+)?$/;

/** As a browser writes one in `Origin`: scheme, host and port, no more. */
const origin = z
  .string()
  .max(200)
  .transform((text, context) => {
    const url = text.endsWith('/') ? null : URL.parse(text);
    // Of an app's own scheme, such as capacitor://localhost, URL knows no origin.
    const read = url?.protocol.startsWith('http') ? url.origin : text;
    if (url && ORIGIN.test(read) && url.href.replace(/\/$/, '') === read) return read;
    context.addIssue('Not an origin, such as https://shop.example.com: scheme, host and port alone');
    return z.NEVER;
  });
const allowedOrigins = z.array(origin).min(1).max(20).refine(isUnique, 'An origin is listed twice');

/** A tier stands for its limits, so a body that has both says two things. */
const saysOneThing = (body: { tier?: unknown; limits?: unknown }): boolean =>
  body.tier === undefined || body.limits === undefined;
const TWO_THINGS = { path: ['limits'], message: 'Give a tier or limits, not both' };

export const PUBLISHABLE_ONLY = 'Only a publishable key has origins';

export const createKey = z
  .strictObject({
    label,
    type: z.enum(['secret', 'publishable', 'restricted', 'admin']).default('secret'),
    format: z.enum(['opaque', 'jwt']).optional(),
    mode: z.enum(['live', 'test']).optional(),
    scopes: scopes.optional(),
    allowedCidrs: allowedCidrs.optional(),
    allowedOrigins: allowedOrigins.optional(),
    tier: tier.optional(),
    limits: limits.optional(),
    expiresInDays: z.int().min(1).max(3_650).optional(),
  })
  .refine(saysOneThing, TWO_THINGS)
  .refine(({ type, scopes }) => type !== 'restricted' || (scopes !== undefined && !scopes.includes('*')), {
    path: ['scopes'],
    message: 'A restricted key lists its scopes',
  })
  .refine(({ type, allowedOrigins }) => type === 'publishable' || allowedOrigins === undefined, {
    path: ['allowedOrigins'],
    message: PUBLISHABLE_ONLY,
  })
  .refine(({ type, format }) => type !== 'publishable' || format !== 'jwt', {
    path: ['format'],
    message: 'A publishable key is opaque',
  });
export type CreateKey = z.output<typeof createKey>;

export const updateKey = z
  .strictObject({
    label: label.optional(),
    scopes: scopes.optional(),
    tier: tier.optional(),
    limits: limits.optional(),
    /** null lets the key be used from anywhere again; so with its origins. */
    allowedCidrs: allowedCidrs.nullable().optional(),
    allowedOrigins: allowedOrigins.nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Nothing to change')
  .refine(saysOneThing, TWO_THINGS);
export type UpdateKey = z.output<typeof updateKey>;

/** An app's request for a key. `state` comes back to it as it is, so that it knows its own request again. */
export const appKey = z.strictObject({
  redirect: z.string().min(1).max(500),
  state: z.string().min(1).max(500).optional(),
});

export const rotateKey = z.strictObject({
  /** For how long the old key still works; 0 ends it at once. */
  graceSeconds: z
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(0),
});
export type RotateKey = z.output<typeof rotateKey>;

/** Query parameters arrive as text. */
export const page = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'A whole number from 1 to 100')
    .transform(Number)
    .refine((limit) => limit <= 100, 'A whole number from 1 to 100')
    .default(50),
  cursor: z.string().min(1).max(500).optional(),
};

export const listKeys = z.strictObject({
  ...page,
  includeInactive: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false),
});
export type ListKeys = z.output<typeof listKeys>;

/** A user pool's limit on a user name. */
const email = z
  .email()
  .max(128)
  .transform((text) => text.toLowerCase());
/** As the user pool asks for it. */
const newPassword = z
  .string()
  .min(12, 'At least 12 characters')
  .max(256, 'At most 256 characters')
  .regex(/^\S[\s\S]*\S$/, 'It begins or ends with a space')
  .regex(/[a-z]/, 'A lower-case letter is missing')
  .regex(/[A-Z]/, 'An upper-case letter is missing')
  .regex(/\d/, 'A digit is missing');
const password = z.string().min(1).max(256);
const code = z.string().regex(/^\d{4,8}$/, 'Not a code of digits');

const path = z.string().min(1).max(2_000);
export const startLogIn = z.strictObject({ next: path.optional() });
/** Whatever else the pages send back is theirs. */
export const finishLogIn = z.object({
  code: z.string().max(2_000).optional(),
  state: z.string().max(2_000).optional(),
  error: z.string().max(200).optional(),
});

const organizationName = label;

/** `<id>.<secret>`, as the invitation's mail has it. */
const invitation = z.string().min(1).max(100);

/** A person signs up with an organization of their own, or is invited into one. */
export const signUp = z
  .strictObject({
    email,
    password: newPassword,
    organization_name: organizationName.optional(),
    invitation: invitation.optional(),
  })
  .refine(({ organization_name: name, invitation }) => (name === undefined) !== (invitation === undefined), {
    path: ['organization_name'],
    message: 'Give the name of your organization, or an invitation into one',
  });
export type SignUp = z.output<typeof signUp>;

export const confirmSignUp = z.strictObject({
  email,
  code,
  /** The id that sign-up answered: confirms that sign-up alone, and not one that somebody else made for the address. */
  userId: z.string().min(1).max(128).optional(),
});
export type ConfirmSignUp = z.output<typeof confirmSignUp>;
export const logIn = z.strictObject({ email, password });
export const createSessionToken = z.strictObject({ username: email, password });
export const forgotPassword = z.strictObject({ email });
export const resetPassword = z.strictObject({ email, code, password: newPassword });

export const createOrganization = z.strictObject({ name: organizationName });
/** A text that is sent, with `{code}` and `{organization}` in it. */
const message = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.includes('{code}'), 'It has no {code}');

const consumerSettings = z.strictObject({
  /** How long consumers' access and refresh tokens last, in seconds. */
  access: z.int().min(60).max(86_400).optional(),
  refresh: z
    .int()
    .min(3_600)
    .max(365 * 86_400)
    .optional(),
  messages: z
    .strictObject({
      emailSubject: label.optional(),
      emailText: message(2_000).optional(),
      smsText: message(160).optional(),
    })
    .optional(),
});

export const updateOrganization = z
  .strictObject({
    name: organizationName.optional(),
    /** In the place of what was set before. */
    consumers: consumerSettings.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Nothing to change');
export type UpdateOrganization = z.output<typeof updateOrganization>;

const role = z.enum(ROLES);
export const inviteMember = z.strictObject({ email, role });
export type InviteMember = z.output<typeof inviteMember>;
export const changeRole = z.strictObject({ role });
export const acceptInvitation = z.strictObject({ token: invitation });
export const listMembers = z.strictObject({ cursor: page.cursor });

export const registerUserPool = z.strictObject({
  /** App clients whose tokens are accepted. */
  clientIds: z
    .array(z.string().regex(/^[\w+]{1,128}$/, 'Not the id of an app client'))
    .min(1)
    .max(10)
    .refine(isUnique, 'A client is listed twice'),
  /** What a person of the pool may do. */
  scopes,
  /** A token of the pool, where another organization has registered it. */
  proof: z.string().min(1).max(8_192).optional(),
});
export type RegisterUserPool = z.output<typeof registerUserPool>;

/** E.164, `+12015550123`: what is dialled and how is for a library to say. */
const phone = z.string().max(32).regex(/^\+/, 'Not a number with its country, such as +12015550123');

const saysWhere = ({ email, phone }: { email?: unknown; phone?: unknown }): boolean =>
  (email === undefined) !== (phone === undefined);
const WHERE = { path: ['email'], message: 'Give an e-mail address or a phone number' };
/** A guest's refresh token, whose session ends; whoever signs in by a code that was sent goes on with their id. */
const guestToken = z.string().min(1).max(200).optional();

export const openGuestSession = z.strictObject({});
export const requestOtp = z.strictObject({ email: email.optional(), phone: phone.optional() }).refine(saysWhere, WHERE);
export const verifyOtp = z
  .strictObject({
    email: email.optional(),
    phone: phone.optional(),
    code: z.string().regex(/^\d{6}$/, 'Not a code of six digits'),
    guestToken,
  })
  .refine(saysWhere, WHERE);

const externalId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, 'No control characters');
/** As DynamoDB keeps one without loss. */
const number = z
  .number()
  .min(-Number.MAX_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .refine((value) => value === 0 || Math.abs(value) > 1e-100, 'Too small');
const attributes = z
  .record(z.string().regex(/^[A-Za-z]\w{0,49}$/, 'Not a name'), z.union([z.string().max(500), number, z.boolean()]))
  .refine((given) => Object.keys(given).length <= 30, 'At most 30 attributes');

export const createExchangeCode = z.strictObject({
  externalId,
  email: email.optional(),
  phone: phone.optional(),
  attributes: attributes.optional(),
});
export const exchangeCode = z.strictObject({ code: z.string().min(1).max(200), guestToken });
export const refreshConsumer = z.strictObject({ refreshToken: z.string().min(1).max(200) });

export const listConsumers = z
  .strictObject({
    ...page,
    mode: z.enum(['live', 'test']).optional(),
    email: email.optional(),
    phone: phone.optional(),
    externalId: externalId.optional(),
  })
  .refine(({ email, phone, externalId }) => [email, phone, externalId].filter(Boolean).length <= 1, {
    path: ['email'],
    message: 'Find by one of email, phone and externalId',
  });
/** Which of both modes a member looks at; a key has its own. */
export const inMode = z.strictObject({ mode: z.enum(['live', 'test']).optional() });
export const updateConsumer = z
  .strictObject({
    /** In the place of those before. */
    attributes: attributes.optional(),
    disabled: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Nothing to change');

export const createItem = z.strictObject({ name: z.string().trim().min(1).max(200) });

export const registerAgentRun = z.strictObject({
  agent_id: z.string().min(1).max(200),
  timestamp: z.iso.datetime({ offset: true }),
  system_prompt: z.string().max(20_000).optional(),
});

/** A CID of either version, as text: https://github.com/multiformats/cid */
export const createPin = z.strictObject({
  cid: z.string().regex(/^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|b[a-z2-7]{58,110})$/, 'Not a CID'),
  name: z.string().max(255).optional(),
});

export const createCustomer = z.strictObject({
  external_id: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(200).optional(),
});

export const listItems = z.strictObject(page);
export type ListItems = z.output<typeof listItems>;
