import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import { ApiError, type FieldError, invalid } from '../core/errors.ts';

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json *(?:;|$)/i;

/** The body as an object: an absent one is empty, for the operations that need none. */
function readJson({ body, headers, isBase64Encoded }: APIGatewayProxyEvent): unknown {
  if (body === null || body === '') return {};
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (!JSON_TYPE.test(type ?? '')) {
    throw new ApiError('unsupported_media_type', 'Send the body as Content-Type: application/json.');
  }
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  } catch (cause) {
    throw new ApiError('malformed_body', 'The body is not valid JSON.', { cause });
  }
}

/** Fields that one answer names: a body can be wrong in a million places. */
const MOST_NAMED = 100;

function* wrongFields(issues: z.core.$ZodIssue[]): Generator<FieldError> {
  for (const { path, message, ...issue } of issues) {
    if (issue.code !== 'unrecognized_keys') yield { field: path.join('.'), message };
    else for (const key of issue.keys) yield { field: [...path, key].join('.'), message: 'Unknown field' };
  }
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // What is wrong with a field first makes the rest of little use.
  const first = new Map<string, FieldError>();
  for (const wrong of wrongFields(result.error.issues)) {
    if (!first.has(wrong.field)) first.set(wrong.field, wrong);
    if (first.size === MOST_NAMED) break;
  }
  throw invalid(...first.values());
}

/** @throws unsupported_media_type, malformed_body, validation_failed */
export const parseBody = <T extends z.ZodType>(schema: T, event: APIGatewayProxyEvent): z.output<T> =>
  parse(schema, readJson(event));

/** @throws validation_failed, also for a parameter that is given twice */
export function parseQuery<T extends z.ZodType>(schema: T, event: APIGatewayProxyEvent): z.output<T> {
  const given = Object.entries(event.multiValueQueryStringParameters ?? {});
  const single = given.map(([name, values = []]) => [name, values.length === 1 ? values[0] : values]);
  return parse(schema, Object.fromEntries(single));
}

/** A path parameter, which the route's path promises. */
export function pathParameter(event: APIGatewayProxyEvent, name: string): string {
  const value = event.pathParameters?.[name];
  if (value === undefined) throw new Error(`The route has no path parameter ${name}`);
  return value;
}
