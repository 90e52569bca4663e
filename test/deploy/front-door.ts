import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
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

/** Where the emulator has what a host and a path of AWS's name. */
function inEmulator(host: string, path: string): string {
  const api = API.exec(host)?.[1];
  if (api === undefined) return path;
  const [, stage, ...rest] = path.split('/');
  return `/restapis/${api}/${stage}/_user_request_/${rest.join('/')}`;
}

/**
 * AWS's own addresses, by HTTPS, in front of the emulator: so that a browser sees what it would see of a deployment,
 * origins and cookies and all.
 * @returns what Chromium is started with to find it
 */
export async function openFrontDoor(emulator: URL) {
  const pem = makeCertificate();
  /** Takes a request away on its way, when it is set. */
  let divert: (url: string) => boolean = () => false;
  const server = createServer({ key: pem, cert: pem }, (incoming, outgoing) => {
    const { host = '', ...headers } = incoming.headers;
    if (divert(`https://${host}${incoming.url}`)) {
      outgoing.writeHead(204).end();
      return;
    }
    const forwarded = request(
      {
        hostname: emulator.hostname,
        port: emulator.port,
        method: incoming.method,
        path: inEmulator(host, incoming.url ?? '/'),
        headers: { ...headers, host: emulator.host },
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
  const rules = ['*.amazonaws.com', '*.amazoncognito.com'].map((name) => `MAP ${name}:443 ${here}`);
  const setDivert = (wanted: typeof divert) => {
    divert = wanted;
  };
  return { setDivert, flags: [`--host-resolver-rules=${rules.join(',')}`], close: () => server.close() };
}
