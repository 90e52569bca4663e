import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import aws4 from 'aws4';
import { EDGE_HEADERS } from '../../lambdas/contract/edge.ts';
import { pythonTools } from './emulator.ts';

/** A key and a certificate of nobody's, for every name. */
const MAKE_CERTIFICATE = `
import datetime
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
key = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)
builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
builder = builder.serial_number(1).not_valid_before(now - day).not_valid_after(now + day)
text = serialization.Encoding.PEM
print(key.private_bytes(text, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode())
print(builder.sign(key, hashes.SHA256()).public_bytes(text).decode())
`;

function makeCertificate(): string {
  const { stdout, status, stderr } = spawnSync(join(pythonTools().bin, 'python'), ['-c', MAKE_CERTIFICATE], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const API = /^([a-z0-9]+)\.execute-api\./;
/** What tells the emulator's CloudFront so. */
const BY_HTTPS = { 'x-forwarded-proto': 'https' };

const DISTRIBUTION = /\.cloudfront\.net$/;

/** Where the emulator has what a host and a path of AWS's name. */
function inEmulator(host: string, path: string): string {
  const api = API.exec(host)?.[1];
  if (api === undefined) return path;
  const [, stage, ...rest] = path.split('/');
  return `/restapis/${api}/${stage}/_user_request_/${rest.join('/')}`;
}

/** The address that the door says a browser has. */
export const VIEWER = '192.0.2.44';

/** Where a distribution's default behavior leads, and the headers that it adds. */
interface Origin {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string => text.replaceAll(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole);

/** The distributions of the emulator, by their domains: https://docs.aws.amazon.com/cloudfront/latest/APIReference/ */
async function readOrigins(emulator: URL): Promise<ReadonlyMap<string, Origin>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ask = async (path: string) => {
    const signed = aws4.sign({ service: 'cloudfront', region: 'us-east-1', host: emulator.host, path }, credentials);
    return (await fetch(new URL(path, emulator), { headers: signed.headers as Record<string, string> })).text();
  };
  const all = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, found = '']) => unescapeXml(found));
  const list = await ask('/2020-05-31/distribution');
  const origins = all(list, /<DistributionSummary>.*?<Id>(\w+)<\/Id>/gs).map(async (id) => {
    const text = await ask(`/2020-05-31/distribution/${id}`);
    const [domain = ''] = all(text, /<DomainName>([^<]+\.cloudfront\.net)</g);
    const [host = ''] = all(text, /<DomainName>([^<]+\.execute-api\.[^<]+)</g);
    const [path = ''] = all(text, /<OriginPath>([^<]+)</g);
    const names = all(text, /<HeaderName>([^<]+)</g);
    const values = all(text, /<HeaderValue>([^<]+)</g);
    const headers = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    return [domain, { host, path, headers }] as const;
  });
  return new Map(await Promise.all(origins));
}

/** What the emulator's CloudFront answers to a GET. */
const statusOf = (emulator: URL, host: string, path: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const { hostname, port } = emulator;
    request({ hostname, port, path, headers: { host, ...BY_HTTPS } }, (answer) => resolve(answer.resume().statusCode))
      .on('error', () => resolve(undefined))
      .end();
  });

/**
 * AWS's own addresses, by HTTPS, in front of the emulator: so that a browser sees what it would see of a deployment,
 * origins and cookies and all.
 * @returns what Chromium is started with to find it
 */
export async function openFrontDoor(emulator: URL) {
  const pem = makeCertificate();
  /** Takes a request away on its way, when it is set. */
  let divert: (url: string) => boolean = () => false;
  const origins = await readOrigins(emulator);
  const server = createServer({ key: pem, cert: pem }, async (incoming, outgoing) => {
    const { host = '', ...headers } = incoming.headers;
    const url = incoming.url ?? '/';
    if (divert(`https://${host}${url}`)) {
      outgoing.writeHead(204).end();
      return;
    }
    const origin = DISTRIBUTION.test(host) ? origins.get(host) : undefined;
    // The emulator's CloudFront runs the function and has the files; to an API of AWS's it does not lead, and says 502.
    const leads = origin && (await statusOf(emulator, host, url)) === 502;
    const own = DISTRIBUTION.test(host) && !leads;
    const forwarded = request(
      {
        hostname: emulator.hostname,
        port: emulator.port,
        method: incoming.method,
        path: leads ? inEmulator(origin.host, origin.path + url) : inEmulator(host, url),
        headers: {
          ...headers,
          host: own ? host : emulator.host,
          ...(own && BY_HTTPS),
          ...(leads && { ...origin.headers, [EDGE_HEADERS.address]: VIEWER }),
        },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forwarded.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rules = ['*.amazonaws.com', '*.amazoncognito.com', '*.cloudfront.net'].map((name) => `MAP ${name}:443 ${here}`);
  const setDivert = (wanted: typeof divert) => {
    divert = wanted;
  };
  return { setDivert, flags: [`--host-resolver-rules=${rules.join(',')}`], close: () => server.close() };
}
