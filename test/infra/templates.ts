import { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped
type Resource = { Type: string; Properties: any; [attribute: string]: any };

export const resources = (template: Template, type: string): Record<string, Resource> =>
  template.findResources(type) as Record<string, Resource>;

/** `GET /api/v1/keys` by method resource, with what guards it. */
export function methodsOf(template: Template) {
  const tree = resources(template, 'AWS::ApiGateway::Resource');
  const pathOf = (reference: { Ref?: string }): string => {
    const resource = reference.Ref === undefined ? undefined : tree[reference.Ref];
    return resource ? `${pathOf(resource.Properties.ParentId)}/${resource.Properties.PathPart}` : '';
  };
  return Object.values(resources(template, 'AWS::ApiGateway::Method')).map(({ Properties: method }) => ({
    route: `${method.HttpMethod} ${pathOf(method.ResourceId) || '/'}`,
    authorization: method.AuthorizationType as string,
    authorizer: method.AuthorizerId?.Ref as string | undefined,
    integration: method.Integration.Type as string,
  }));
}

/** Without bundling, which the deployment test does for real; and of two stacks in one, more than a stack may hold. */
export const newApp = () =>
  new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:stackResourceLimit': 0 } });
