/** Names that the table's construct and its adapters share. */

/** The sparse index that lists things by whose they are: an organization's, or a member's. Keys only, none that a spend writes. */
export const ORGANIZATION_INDEX = 'by-organization';

export const attribute = {
  partition: 'PK',
  sort: 'SK',
  /** Epoch seconds after which DynamoDB may delete the item. Garbage collection only, never a check. */
  ttl: 'ttl',
  indexPartition: 'indexPK',
  indexSort: 'indexSK',
} as const;

/** How an item's partition key begins, by what the item is. The functions' permissions are cut along these. */
export const prefix = {
  key: 'KEY#',
  user: 'USER#',
  session: 'SESSION#',
  address: 'ADDRESS#',
  organization: 'ORG#',
  invitation: 'INVITATION#',
  /** Sign-ins at the hosted pages that have begun. */
  login: 'LOGIN#',
  consumer: 'CONSUMER#',
  /** Whose an address, a number or an organization's own id is. */
  identifier: 'IDENTIFIER#',
  otp: 'OTP#',
  /** Exchange codes. */
  code: 'CODE#',
  item: 'ITEM#',
  /** Usage, added up. */
  usage: 'USAGE#',
  /** Events of usage that their senders have a name for. */
  event: 'EVENT#',
  audit: 'AUDIT#',
  issuer: 'ISSUER#',
  /** User pools that organizations registered. */
  pool: 'POOL#',
} as const;
