import type { UserPoolAddress } from '../adapters/cognito-verifier.ts';
import { environment } from '../contract/environment.ts';

/** @throws Error naming the variable, when it is missing or empty */
export function readEnv(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is not set`);
  return value;
}

/** Where an AWS service answers in a Region. */
const regionalEndpoint = (service: string, region: string): string =>
  `https://${service}.${region}.${region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'}`;

/**
 * Where an AWS service answers: the address that the SDKs' own variables name, else the Region's.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function readEndpoint(
  service: 'dynamodb' | 'cognito-idp',
  env: NodeJS.ProcessEnv = process.env,
  region = readEnv('AWS_REGION', env),
): URL {
  const variable = service === 'dynamodb' ? 'DYNAMODB' : 'COGNITO_IDENTITY_PROVIDER';
  const own = env[`AWS_ENDPOINT_URL_${variable}`] || env.AWS_ENDPOINT_URL;
  return new URL(own || regionalEndpoint(service, region));
}

/** Where the hosted login's token endpoint answers: under its own domain, but in an emulator that the SDKs are told of. */
export function readLoginTokenUrl(env: NodeJS.ProcessEnv = process.env): string {
  const own = env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER || env.AWS_ENDPOINT_URL;
  return own ? new URL(own).origin : readEnv(environment.loginUrl, env);
}

const USER_POOL_ID = /^([a-z]{2}(?:-[a-z]+)+-\d)_[0-9A-Za-z]{1,55}$/;

/** A user pool's id begins with its Region. */
export const userPoolAddress: UserPoolAddress = (userPoolId) => {
  const region = USER_POOL_ID.exec(userPoolId)?.[1];
  if (region === undefined) return undefined;
  return {
    issuer: `${regionalEndpoint('cognito-idp', region)}/${userPoolId}`,
    jwksUri: new URL(`${userPoolId}/.well-known/jwks.json`, readEndpoint('cognito-idp', process.env, region)).href,
  };
};
