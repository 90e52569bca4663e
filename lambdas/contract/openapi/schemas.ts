import * as z from 'zod';
import type { BodyDescription, JsonSchema, QueryDescription } from '../operations/description.ts';

/** Formats that say what a pattern of zod's says at length. */
const FORMATS = ['date', 'date-time', 'email', 'uri', 'uuid'];

/** JSON Schema as a reader wants it: without what zod adds and nobody needs. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const { $schema: _, $defs: __, ...schema } = value as JsonSchema;
  const kept = Object.entries(schema).filter(
    ([name, given]) =>
      !(name === 'pattern' && FORMATS.includes(schema.format as string)) &&
      !(name === 'maximum' && schema.type === 'integer' && given === Number.MAX_SAFE_INTEGER) &&
      !(name === 'propertyNames' && JSON.stringify(given) === '{"type":"string"}'),
  );
  return Object.fromEntries(
    kept.map(([name, given]) => [
      name,
      name === '$ref' ? String(given).replace('#/$defs/', '#/components/schemas/') : anything(name, tidy(given)),
    ]),
  );
}

/** Some readers know only the older way to say it. */
const anything = (name: string, given: unknown): unknown =>
  name === 'additionalProperties' && JSON.stringify(given) === '{}' ? true : given;

export const schemaRef = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** Turns zod's schemas into JSON Schema, and collects those that have a name. */
export function createSchemas() {
  const components = new Map<string, JsonSchema>();

  function keep(name: string, schema: JsonSchema): JsonSchema {
    if (name.startsWith('__')) throw new Error('A schema that refers to itself has a name of its own');
    const known = components.get(name);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`Two schemas are called ${name}`);
    components.set(name, schema);
    return schemaRef(name);
  }

  /** As callers send it: of what is transformed, what it is made from. */
  function convert(schema: z.ZodType): JsonSchema {
    const converted: JsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    for (const [name, definition] of Object.entries(converted.$defs ?? {})) keep(name, tidy(definition) as JsonSchema);
    return tidy(converted) as JsonSchema;
  }

  /** A request's fields with what is said of them. */
  function fieldsOf({ schema, fields }: QueryDescription) {
    const converted = convert(schema);
    const { properties = {}, required = [] } = converted as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    const described = Object.entries(properties).map(([name, property]) => {
      const field = fields[name];
      if (field === undefined) throw new Error(`The field ${name} is not described`);
      const { description, schema: meant } = typeof field === 'string' ? { description: field } : field;
      return [name, { ...(meant ?? property), description }] as const;
    });
    return { converted, required, described };
  }

  function requestBody(body: BodyDescription): JsonSchema {
    const { converted, described } = fieldsOf(body);
    const schema = keep(body.name, {
      ...converted,
      properties: Object.fromEntries(described),
      examples: [body.example],
    });
    // An absent body is an empty one.
    const required = !body.schema.safeParse({}).success;
    return { required, content: { 'application/json': { schema } } };
  }

  const queryParameters = (query: QueryDescription): readonly JsonSchema[] => {
    const { described, required } = fieldsOf(query);
    return described.map(([name, { description, ...schema }]: readonly [string, JsonSchema]) => ({
      name,
      in: 'query',
      required: required.includes(name),
      description,
      schema,
      // Several values stand in one parameter, separated by commas.
      ...(schema.type === 'array' && { style: 'form', explode: false }),
    }));
  };

  const sorted = (): JsonSchema => Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1)));

  return { convert, keep, requestBody, queryParameters, sorted };
}

export type Schemas = ReturnType<typeof createSchemas>;
