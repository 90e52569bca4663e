import type * as z from 'zod';
import type { ErrorCode } from '../errors.ts';

/** What a reader of the API's document is told of an operation, beside what the route table says. */
export interface OperationDescription {
  readonly tag: Tag;
  readonly summary: string;
  /** In Markdown. */
  readonly description?: string;
  readonly query?: QueryDescription;
  readonly body?: BodyDescription;
  readonly headers?: readonly HeaderDescription[];
  /** Whose refresh token it is, is told by the cookie. */
  readonly readsRefreshCookie?: true;
  readonly answer: AnswerDescription;
  /** Errors that it can answer, beside those that follow from who may call it and from what it takes. */
  readonly codes?: readonly ErrorCode[];
}

export type Tag =
  | 'Keys'
  | 'Signing in'
  | 'Organization'
  | 'Consumers'
  | 'Consumer administration'
  | 'Usage'
  | 'Audit log'
  | 'Sample resource'
  | 'Pages'
  | 'Service';

/** The schema of a query, and a word on each of its fields. */
export interface QueryDescription {
  readonly schema: z.ZodObject;
  readonly fields: Readonly<Record<string, FieldDescription>>;
}

/** Likewise of a body, with what it is called among the components. */
export interface BodyDescription extends QueryDescription {
  readonly name: string;
  /** Such as the schema takes. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** Where a schema says what is read, `schema` says what is meant: a number in a query, that arrives as text. */
type FieldDescription = string | { readonly description: string; readonly schema: JsonSchema };

export type JsonSchema = Readonly<Record<string, unknown>>;

interface HeaderDescription {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

export interface AnswerDescription {
  readonly status: 200 | 201 | 202 | 204 | 303;
  readonly description: string;
  /** `page`: HTML. Without one it is empty. */
  readonly body?: z.ZodType | 'page';
  /** Sets a session's two cookies, or clears them. */
  readonly cookies?: true;
}

type FieldsOf<S extends z.ZodObject> = Readonly<Record<keyof z.input<S> & string, FieldDescription>>;

/** Every field of a request is described: one that is not does not compile. */
export const query = <S extends z.ZodObject>(schema: S, fields: FieldsOf<S>): QueryDescription => ({ schema, fields });

export const body = <S extends z.ZodObject>(
  name: string,
  schema: S,
  fields: FieldsOf<S>,
  example: z.input<S>,
): BodyDescription => ({ name, schema, fields, example });

export const answer = (
  status: AnswerDescription['status'],
  description: string,
  body?: AnswerDescription['body'],
): AnswerDescription => ({ status, description, ...(body && { body }) });

export const done = (description: string): AnswerDescription => ({ status: 204, description });

/** Of every list that has pages. */
export const paging = {
  limit: {
    description: 'Entries of a page, at most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
  },
  cursor: 'The `nextCursor` of the page before.',
} as const;

/** What stands in a path, by its name there. */
export const pathParameters: Readonly<Record<string, string>> = {
  keyId: "A key's id, `key_…`.",
  sessionId: "A session's id, `ses_…`.",
  memberId: "A member's id.",
  invitationId: "An invitation's id, `inv_…`.",
  userPoolId: 'The id of a Cognito user pool, such as `eu-central-1_AbCdEf123`.',
  consumerId: "A consumer's id, `con_…`.",
};
