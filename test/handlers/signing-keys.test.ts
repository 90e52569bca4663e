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
  const replace = async () => 'replaced' as const;
  const rotatedBy = (rotate: () => Promise<'rotated' | 'kept'>, pause?: number) =>
    createSigningKeysHandler({ rotate, replace }, { ...quiet, ...(pause !== undefined && { pause }) });
  const away = new UnavailableError('the signing keys cannot be read', new Error('AccessDenied'));

  it('answers the schedule by rotating, and fails where that fails', async () => {
    const rotate = vi.fn(async () => 'kept' as const);
    await rotatedBy(rotate)({});
    expect(rotate).toHaveBeenCalledOnce();
    await expect(rotatedBy(() => Promise.reject(away))({})).rejects.toThrow(away);
    expect(noted, 'what went well is counted, once').toEqual([metric.rotationChecks]);
    expect(answers).toEqual([]);
  });

  it('rotates for an operator before it is due, or replaces, and says what it did', async () => {
    const rotate = vi.fn(async () => 'rotated' as const);
    expect(await rotatedBy(rotate)({ operator: 'rotate' })).toEqual({ outcome: 'rotated' });
    expect(rotate.mock.calls).toEqual([[3_600]]);
    expect(await rotatedBy(rotate)({ operator: 'replace' })).toEqual({ outcome: 'replaced' });
    expect(await rotatedBy(rotate)({})).toEqual({ outcome: 'rotated' });
    expect(rotate.mock.calls).toEqual([[3_600], [undefined]]);
  });

  it.each(['Create', 'Update'] as const)('rotates for %s, and says so', async (type) => {
    const rotate = vi.fn(async () => 'rotated' as const);
    await rotatedBy(rotate)(eventOf(type));
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
    await rotatedBy(rotate)(eventOf('Delete'));
    expect(rotate).not.toHaveBeenCalled();
    expect(answers[0]?.body.Status).toBe('SUCCESS');
  });

  it('waits for permissions that have not taken effect yet', async () => {
    const rotate = vi.fn(async () => 'rotated' as const);
    rotate.mockRejectedValueOnce(away).mockRejectedValueOnce(away);
    await rotatedBy(rotate, 1)(eventOf('Create'));
    expect(rotate).toHaveBeenCalledTimes(3);
    expect(answers.map(({ body }) => body.Status)).toEqual(['SUCCESS']);
    expect(noted).toEqual([metric.rotationChecks]);
  });

  it('lets the deployment fail with the reason when it cannot be done', async () => {
    await rotatedBy(() => Promise.reject(away), 1)(eventOf('Create'));
    expect(answers[0]?.body).toMatchObject({
      Status: 'FAILED',
      Reason: `The signing keys could not be made. ${away.message} AccessDenied`,
    });
  });

  it('says when nobody takes its answer', async () => {
    status = 500;
    await expect(rotatedBy(async () => 'kept')(eventOf('Create'))).rejects.toThrow('500');
  });
});
