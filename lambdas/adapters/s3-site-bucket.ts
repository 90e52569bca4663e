import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { fileHeaders } from '../contract/site.ts';
import type { SiteBucket } from '../core/site-files.ts';

/** The bucket that CloudFront serves the dashboard from. */
export const createS3SiteBucket = (client: S3Client, Bucket: string): SiteBucket => ({
  async put(Key, Body) {
    const { contentType: ContentType, cacheControl: CacheControl } = fileHeaders(Key);
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl }));
  },

  async list() {
    const names: string[] = [];
    for (let ContinuationToken: string | undefined; ; ) {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket, ...(ContinuationToken !== undefined && { ContinuationToken }) }),
      );
      names.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      ContinuationToken = page.NextContinuationToken;
      if (ContinuationToken === undefined) return names;
    }
  },

  async remove(Key) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
