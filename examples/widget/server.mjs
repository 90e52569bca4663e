/** Serves the page, and mints its tokens: the key stays here. Node 20 or later, no package. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { LATCHKEY_URL: api = 'http://localhost:3000', LATCHKEY_KEY: key = '', PORT = '8080' } = process.env;

/** On your own server: the customer of whoever is signed in there, and never one that the page names. */
const customerOf = (_request) => 'customer-42';

async function mint(request) {
  const body = JSON.stringify({ customer_external_id: customerOf(request), scopes: ['usage.read'] });
  const headers = { 'X-Api-Key': key, 'Content-Type': 'application/json' };
  const answer = await fetch(`${api}/api/v1/widget/token`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`No token was minted: ${answer.status} ${await answer.text()}`);
  return { api, token: (await answer.json()).token };
}

async function handle(request, response) {
  if (request.method === 'POST' && request.url === '/widget-token') {
    const text = JSON.stringify(await mint(request));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(text);
  } else if (request.method === 'GET' && request.url === '/') {
    const page = await readFile(new URL('index.html', import.meta.url));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
  } else response.writeHead(404).end();
}

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error.message);
    response.writeHead(502).end();
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`open http://localhost:${server.address().port}/`));
