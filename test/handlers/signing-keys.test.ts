import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { metric } from '../../lambdas/contract/metrics.ts';
import { UnavailableError } from '../../lambdas/core/errors.ts';
import { createSigningKeysHandler } from '../../lambdas/handlers/signing-keys.ts';

const noted: string[] = [];
const quiet = { log: () => {}, metrics: { note: (name: string) => void noted.push(name) } };

type RotationEvent = Parameters<ReturnType<typeof createSigningKeysHandler>>[0];

describe('the function that rotates the signing keys', () => {
  let server: Server;
  let answers: { method: string | undefined; contentType: string | undefined; body: Record<string, string> }[];
  let status: number;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = JSON.parse((await request.toArray()).join(''));
      answers.push({ method: request.method, contentType: request.headers['content-type'], body });
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    answers = [];
    noted.length = 0;
    status = 200;
  });

  const ids = { StackId: 'a stack', RequestId: 'a request', LogicalResourceId: 'a resource' };
  const eventOf = (RequestType: 'Create' | 'Update' | 'Delete') =>
    ({
      ...ids,
      RequestType,
      ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    }) as RotationEvent;
  const away = new UnavailableError('the signing keys cannot be read', new Error('AccessDenied'));

  it('answers the schedule by rotating, and fails where that fails', async () => {
    const rotate = vi.fn(async () => 'kept' as const);
    await createSigningKeysHandler(rotate, quiet)({});
    expect(rotate).toHaveBeenCalledOnce();
    const failing = createSigningKeysHandler(() => Promise.reject(away), quiet);
    await expect(failing({})).rejects.toThrow(away);
    expect(noted, 'what went well is counted, once').toEqual([metric.rotationChecks]);
    expect(answers).toEqual([]);
  });

  it.each(['Create', 'Update'] as const)('rotates for %s, and says so', async (type) => {
    const rotate = vi.fn(async () => 'rotated' as const);
    await createSigningKeysHandler(rotate, quiet)(eventOf(type));
    expect(rotate).toHaveBeenCalledOnce();
    expect(answers).toEqual([
      {
        method: 'PUT',
        contentType: undefined,
        body: { ...ids, Status: 'SUCCESS', PhysicalResourceId: 'signing-keys' },
      },
    ]);
  });

  it('touches nothing for Delete', async () => {
    const rotate = vi.fn(async () => 'rotated' as const);
    await createSigningKeysHandler(rotate, quiet)(eventOf('Delete'));
    expect(rotate).not.toHaveBeenCalled();
    expect(answers[0]?.body.Status).toBe('SUCCESS');
  });

  it('waits for permissions that have not taken effect yet', async () => {
    const rotate = vi.fn(async () => 'rotated' as const);
    rotate.mockRejectedValueOnce(away).mockRejectedValueOnce(away);
    await createSigningKeysHandler(rotate, { ...quiet, pause: 1 })(eventOf('Create'));
    expect(rotate).toHaveBeenCalledTimes(3);
    expect(answers.map(({ body }) => body.Status)).toEqual(['SUCCESS']);
    expect(noted).toEqual([metric.rotationChecks]);
  });

  it('lets the deployment fail with the reason when it cannot be done', async () => {
    await createSigningKeysHandler(() => Promise.reject(away), { ...quiet, pause: 1 })(eventOf('Create'));
    expect(answers[0]?.body).toMatchObject({
      Status: 'FAILED',
      Reason: `The signing keys could not be made. ${away.message} AccessDenied`,
    });
  });

  it('says when nobody takes its answer', async () => {
    status = 500;
    const handler = createSigningKeysHandler(async () => 'kept', quiet);
    await expect(handler(eventOf('Create'))).rejects.toThrow('500');
  });
});
