import * as answers from '../answers/index.ts';
import type { OperationOf } from '../routes.ts';
import * as schemas from '../schemas.ts';
import { answer, body, done, type OperationDescription, paging, query } from './description.ts';

const SCOPES = 'What the key may do, such as `items:read`. Without: all that its maker can give a key of its type.';
const CIDRS = 'Networks that the key works from, IPv4 or IPv6. Without: any.';
const ORIGINS = 'Origins that a publishable key works from. Without: any.';
const TIER = 'A tier, whose limits the key has.';
const LIMITS = "Limits of the key's own, in the place of a tier.";
const GIVING = 'Nobody gives a key more than they have themselves.';

export const keys: Readonly<Record<OperationOf<'keys'>, OperationDescription>> = {
  createKey: {
    tag: 'Keys',
    summary: 'Create a key',
    description: `The answer shows the key's plain value, this once. ${GIVING}`,
    body: body(
      'CreateKey',
      schemas.createKey,
      {
        label: 'What to call it.',
        type: 'What kind of key it is. A restricted key lists its `scopes`.',
        format: 'A key that is a `jwt` can be verified by anybody. A publishable key is opaque.',
        mode: 'Whose data it sees. Without: `live`, or the mode of the admin key that makes it.',
        scopes: SCOPES,
        allowedCidrs: CIDRS,
        allowedOrigins: ORIGINS,
        tier: `${TIER} Not with \`limits\`.`,
        limits: `${LIMITS} Not with \`tier\`.`,
        expiresInDays: 'After so many days it ends. Without: never.',
      },
      { label: 'warehouse-integration', expiresInDays: 90 },
    ),
    answer: answer(201, 'The key, with its plain value.', answers.issuedKey),
  },
  listKeys: {
    tag: 'Keys',
    summary: 'List keys',
    description: 'Active keys of the organization by when they were made, oldest first; then those that were revoked.',
    query: query(schemas.listKeys, {
      ...paging,
      includeInactive: {
        description: 'Whether to list revoked and expired keys as well.',
        schema: { type: 'boolean', default: false },
      },
    }),
    answer: answer(200, 'A page of keys.', answers.keyList),
  },
  getKey: {
    tag: 'Keys',
    summary: 'Show a key',
    answer: answer(200, 'The key.', answers.key),
    codes: ['not_found'],
  },
  updateKey: {
    tag: 'Keys',
    summary: 'Change a key',
    description: `Changes what is named, and holds from the key's next request on. ${GIVING}`,
    body: body(
      'UpdateKey',
      schemas.updateKey,
      {
        label: 'What to call it.',
        scopes: 'What the key may do, in the place of what it could before.',
        tier: `${TIER} Not with \`limits\`.`,
        limits: `${LIMITS} Not with \`tier\`.`,
        allowedCidrs: 'Networks that it works from; null for any.',
        allowedOrigins: 'Origins that a publishable key works from; null for any.',
      },
      { scopes: ['items:read'] },
    ),
    answer: answer(200, 'The key as it is now.', answers.key),
    codes: ['not_found', 'key_inactive'],
  },
  revokeKey: {
    tag: 'Keys',
    summary: 'Revoke a key',
    description: 'Ends it for good: its next request is refused. Saying so again is no error.',
    answer: done('The key is revoked.'),
    codes: ['not_found'],
  },
  rotateKey: {
    tag: 'Keys',
    summary: 'Rotate a key',
    description: 'Makes a successor with the same label, scopes, limits and length of life, and ends the old key.',
    body: body(
      'RotateKey',
      schemas.rotateKey,
      { graceSeconds: 'For how many seconds the old key still works; 0 ends it at once.' },
      { graceSeconds: 3_600 },
    ),
    answer: answer(201, 'The successor, with its plain value.', answers.issuedKey),
    codes: ['not_found', 'key_inactive', 'key_already_rotated'],
  },
  selfRevokeKey: {
    tag: 'Keys',
    summary: 'Revoke the key that asks',
    description: 'Whoever holds a key may end it, from wherever they are and even while it is over its limit.',
    answer: done('The key is revoked.'),
  },
  grantAppKey: {
    tag: 'Keys',
    summary: 'Give an app a key',
    description: 'What the page at `GET /get-key` asks for when the person has agreed. The app is a registered one.',
    body: body(
      'AppKey',
      schemas.appKey,
      {
        redirect: 'Where the app waits for its key. It has to be registered.',
        state: 'Comes back to the app as it is, so that it knows its own request again.',
      },
      { redirect: 'myapp://callback', state: 'f3a9' },
    ),
    answer: answer(201, 'Where to send the browser.', answers.grantedAppKey),
    codes: ['invalid_redirect'],
  },
};
