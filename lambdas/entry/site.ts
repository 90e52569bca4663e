import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { patientLimits } from '../adapters/client-limits.ts';
import { createS3SiteBucket } from '../adapters/s3-site-bucket.ts';
import { environment } from '../contract/environment.ts';
import { createSiteHandler } from '../handlers/site.ts';
import { createLog, writeLine } from '../http/log.ts';
import { readEnv } from './read-env.ts';

/** Beside the bundle, where the construct puts the dashboard. */
const FOLDER = join(readEnv('LAMBDA_TASK_ROOT'), 'files');

async function built() {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(FOLDER.length + 1)
        .replaceAll(sep, '/'),
    );
  return { files, read: (file: string) => readFile(join(FOLDER, file)) };
}

const bucket = createS3SiteBucket(new S3Client(patientLimits), readEnv(environment.siteBucket));

export const handler = createSiteHandler(bucket, built, createLog(writeLine, { now: Date.now }));
