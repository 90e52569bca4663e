/** @throws Error naming the variable, when it is missing or empty */
export function readEnv(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/** Where an AWS service answers in the function's Region. */
export function regionalEndpoint(service: string, env: NodeJS.ProcessEnv = process.env): string {
  const region = readEnv('AWS_REGION', env);
  return `https://${service}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
}

/**
 * Where an AWS service answers: the address that the SDKs' own variables name, else the Region's.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function readEndpoint(service: 'dynamodb' | 'cognito-idp', env: NodeJS.ProcessEnv = process.env): URL {
  const variable = service === 'dynamodb' ? 'DYNAMODB' : 'COGNITO_IDENTITY_PROVIDER';
  const own = env[`AWS_ENDPOINT_URL_${variable}`] || env.AWS_ENDPOINT_URL;
  return new URL(own || regionalEndpoint(service, env));
}
