import { appendFileSync } from 'node:fs';

/** What the tests have sent and were given that must be in no log, gathered from the exchanges themselves. */
const known = new Set<string>();

/** Where they are kept for a search in another process. */
const KEPT_IN = process.env.LATCHKEY_SECRETS;

export const secretsSeen = (): ReadonlySet<string> => known;

/** What is shorter than that is a word, or meant to be refused. */
const SHORTEST = 12;

/** Names of fields, headers, cookies and parameters that hold credentials. */
const NAMED = /token|secret|password|cookie|authorization|^code$|^key$|api-?key|secret-?key|publishable-?key/i;
const HARMLESS = /^(?:key_?id|key_?prefix|token_?type|token_?use)$/i;

/** Keys by their form, and JWTs, wherever they stand. */
const FORMED = /[a-z]+_(?:[a-z]+_)?[0-9A-Za-z]{48}\b|\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g;

const SIX_DIGITS = /^\d{6}$/;

function learn(secret: string): void {
  if ((secret.length < SHORTEST && !SIX_DIGITS.test(secret)) || known.has(secret)) return;
  known.add(secret);
  if (KEPT_IN) appendFileSync(KEPT_IN, `${JSON.stringify(secret)}\n`);
}

function learnNamed(name: string, value: string): void {
  if (!NAMED.test(name) || HARMLESS.test(name)) return;
  // Of a cookie its values, of `Bearer …` what follows.
  if (/cookie/i.test(name)) for (const [, text = ''] of value.matchAll(/[^=;\s]+=([^;\s]+)/g)) learn(text);
  else if (!isWord(name, value)) learn(value.replace(/^Bearer /i, ''));
}

/** What an error is called, and a scope, are no secrets wherever they stand. */
const isWord = (name: string, value: string): boolean =>
  /^[a-z-]+:[a-z-]+$/.test(value) || (name === 'code' && /^[a-z]+(?:_[a-z]+)*$/i.test(value));

function learnFrom(value: unknown, name = ''): void {
  if (typeof value === 'string') learnNamed(name, value);
  else if (Array.isArray(value)) for (const each of value) learnFrom(each, name);
  else if (value !== null && typeof value === 'object')
    for (const [field, each] of Object.entries(value)) learnFrom(each, field);
}

export interface Exchange {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: unknown;
  readonly received: Headers;
  readonly body: unknown;
}

/** Learns the secrets of one exchange: by their names and by their form, so that no list has to be kept. */
export function learnSecrets({ url, headers, sent, received, body }: Exchange): void {
  for (const [name, value] of Object.entries(headers)) learnNamed(name, value);
  for (const cookie of received.getSetCookie()) learnNamed('Cookie', cookie.split(';')[0] ?? '');
  learnFrom(sent);
  learnFrom(body);
  for (const address of [url, received.get('location') ?? '']) {
    const parameters = URL.parse(address)?.searchParams ?? [];
    for (const [name, value] of parameters) learnNamed(name, value);
  }
  const all = [url, JSON.stringify(headers), JSON.stringify(sent), JSON.stringify([...received]), JSON.stringify(body)];
  for (const text of all) for (const [found] of (text ?? '').matchAll(FORMED)) learn(found);
}

/** Characters of a secret that are too many to be there by chance. */
const PIECE = 12;

/** What of a secret would give it away: a key's secret part and a JWT's signature, but no id and no common header. */
function tellingParts(secret: string): string[] {
  if (/^eyJ/.test(secret) && secret.split('.').length === 3) return secret.split('.').slice(1);
  // What a refresh token begins with is its session's id.
  const parts = /^[0-9A-Za-z]{20}\.([\w-]{12,})\.([\w-]{12,})$/.exec(secret);
  if (parts) return parts.slice(1);
  const body = /^[a-z]+_(?:[a-z]+_)?([0-9A-Za-z]{48})$/.exec(secret)?.[1];
  return [body === undefined ? secret : body.slice(10)];
}

/** Pieces of a text as they stand in base64, whatever stood before it. */
function encodedPieces(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(' '.repeat(before) + text).toString('base64url');
    return encoded.slice(4, 4 + Math.max(PIECE, encoded.length - 8));
  });
}

/** @returns by piece, the secret that it is of */
function piecesOf(secrets: Iterable<string>): Map<string, string> {
  const pieces = new Map<string, string>();
  for (const secret of secrets) {
    if (SIX_DIGITS.test(secret)) continue;
    const parts = tellingParts(secret);
    for (const part of [...parts, ...parts.map(encodeURIComponent), ...parts.flatMap(encodedPieces)]) {
      for (let at = 0; at + PIECE <= part.length; at += PIECE) pieces.set(part.slice(at, at + PIECE), secret);
    }
  }
  return pieces;
}

/** Fields in which six digits are a time, an id or a place in a bundle. */
const NOT_CODES = new Set(['timestamp', '_aws', 'requestId', 'principalId', 'stack', 'Function', 'AuthorizerLatency']);

function textsIn(value: unknown, field = ''): string[] {
  if (NOT_CODES.has(field)) return [];
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, name));
}

/**
 * @returns lines that hold a secret, or a piece of one, plain or encoded; of a one-time code, lines of JSON that hold it
 * where no time or id stands
 */
export function findSecrets(lines: readonly string[], secrets: Iterable<string>): string[] {
  const all = [...secrets];
  const pieces = piecesOf(all);
  const codes = new Set(all.filter((secret) => SIX_DIGITS.test(secret)));
  return lines.filter((line) => {
    const plain = line.replaceAll('+', '-').replaceAll('/', '_');
    for (const text of plain === line ? [line] : [line, plain]) {
      for (let at = 0; at + PIECE <= text.length; at++) if (pieces.has(text.slice(at, at + PIECE))) return true;
    }
    return hasCode(line, codes);
  });
}

function hasCode(line: string, codes: ReadonlySet<string>): boolean {
  if (!line.startsWith('{')) return false;
  const texts = textsIn(JSON.parse(line));
  return texts.some((text) => [...text.matchAll(/(?<![\d.:])\d{6}(?!\d)/g)].some(([code]) => codes.has(code)));
}
