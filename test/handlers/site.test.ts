import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SiteBucket } from '../../lambdas/core/site-files.ts';
import { createSiteHandler } from '../../lambdas/handlers/site.ts';

describe("the function that fills the dashboard's bucket", () => {
  let server: Server;
  let answers: Record<string, string>[];
  let files: string[];
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      answers.push(JSON.parse((await request.toArray()).join('')));
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => server.close());
  beforeEach(() => {
    [answers, files] = [[], []];
  });

  const bucket: SiteBucket = {
    put: async (file) => void files.push(file),
    empty: async () => void files.splice(0),
  };
  const names = ['index.html', 'assets/a-1.js', 'docs.html', 'assets/b-2.css'];
  const built = async () => ({ files: names, read: async () => new Uint8Array() });
  const eventOf = (RequestType: 'Create' | 'Update' | 'Delete') => {
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return {
      RequestType,
      ResponseURL,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'l',
    } as CloudFormationCustomResourceEvent;
  };

  it('puts pages there after what they name', async () => {
    await createSiteHandler(bucket, built, () => {})(eventOf('Create'));
    expect(files).toEqual(['assets/a-1.js', 'assets/b-2.css', 'index.html', 'docs.html']);
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'site-files' }]);
  });

  it('empties it before it is deleted', async () => {
    files = [...names];
    await createSiteHandler({ ...bucket, empty: async () => void files.splice(0) }, built, () => {})(eventOf('Delete'));
    expect([files, answers[0]?.Status]).toEqual([[], 'SUCCESS']);
  });

  it('says why it failed, in no more than CloudFormation takes', async () => {
    const failing = { ...bucket, put: () => Promise.reject(new Error('x'.repeat(10_000))) };
    await createSiteHandler(failing, built, () => {}, 1)(eventOf('Update'));
    expect(answers[0]?.Status).toBe('FAILED');
    expect(answers[0]?.Reason).toMatch(/^The site files could not be made\. x+$/);
    expect(JSON.stringify(answers[0]).length).toBeLessThan(4_096);
  });
});
