/** A path as API Gateway keeps it: a tree of resources, one segment each. */
interface Resource<T> {
  readonly literals: Map<string, Resource<T>>;
  parameter?: { readonly name: string; readonly resource: Resource<T> };
  path?: string;
  readonly methods: Map<string, T>;
}

export interface Match<T> {
  /** The path as the route table writes it. */
  readonly resource: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly target: T;
}

const newResource = <T>(): Resource<T> => ({ literals: new Map(), methods: new Map() });

/** Finds what serves a request. As in API Gateway, a literal segment goes before a parameter. */
export class RouteTree<T> {
  readonly #root = newResource<T>();

  add(method: string, path: string, target: T): void {
    let resource = this.#root;
    for (const segment of path.split('/').slice(1)) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) {
        const next = resource.literals.get(segment) ?? newResource<T>();
        resource.literals.set(segment, next);
        resource = next;
      } else {
        resource.parameter ??= { name, resource: newResource<T>() };
        resource = resource.parameter.resource;
      }
    }
    resource.path = path;
    resource.methods.set(method, target);
  }

  /** @throws URIError for a path that is not percent-encoded properly */
  match(method: string, path: string): Match<T> | undefined {
    let resource = this.#root;
    const parameters: Record<string, string> = {};
    for (const segment of path.replace(/\/$/, '').split('/').slice(1)) {
      const literal = resource.literals.get(segment);
      if (literal) {
        resource = literal;
      } else if (resource.parameter && segment !== '') {
        parameters[resource.parameter.name] = decodeURIComponent(segment);
        resource = resource.parameter.resource;
      } else {
        return undefined;
      }
    }
    const target = resource.methods.get(method);
    return target && resource.path !== undefined ? { resource: resource.path, parameters, target } : undefined;
  }
}
