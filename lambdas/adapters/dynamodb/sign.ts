import { createHmac, hash } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Unsigned {
  /** The name of the host, with its port where that is not the protocol's. */
  readonly host: string;
  readonly region: string;
  /** `UpdateItem`, … */
  readonly operation: string;
  readonly body: string;
}

const SERVICE = 'dynamodb';

/**
 * The headers of one request to DynamoDB, signed by Signature Version 4. All such requests are `POST /`, so that this is a
 * tenth of a library's code, in half of its time before a container's first answer (`docs/architecture.md`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param now milliseconds
 */
export function sign(
  { host, region, operation, body }: Unsigned,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  now: number,
): Record<string, string> {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const date = time.slice(0, 8);
  // In the order of their names, as they are signed.
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    host,
    'x-amz-date': time,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    'x-amz-target': `DynamoDB_20120810.${operation}`,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = ['POST', '/', '', lines.join(''), names, hash('sha256', body)].join('\n');
  const scope = `${date}/${region}/${SERVICE}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash('sha256', request)].join('\n');
  const signature = createHmac('sha256', keyOf(secretAccessKey, scope)).update(text).digest('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** What was derived last: it is the same all day. */
let last: { readonly secret: string; readonly scope: string; readonly key: string | Buffer } | undefined;

function keyOf(secret: string, scope: string): string | Buffer {
  if (last?.secret === secret && last.scope === scope) return last.key;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  last = { secret, scope, key };
  return key;
}
