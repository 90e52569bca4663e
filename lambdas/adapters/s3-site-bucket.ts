import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { fileHeaders } from '../contract/site.ts';
import type { SiteBucket } from '../core/site-files.ts';

/** The bucket that CloudFront serves the dashboard from. */
export const createS3SiteBucket = (client: S3Client, Bucket: string): SiteBucket => ({
  async put(Key, Body) {
    const { contentType: ContentType, cacheControl: CacheControl } = fileHeaders(Key);
    await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl }));
  },

  async empty() {
    try {
      for (;;) {
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
        const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]));
        if (Objects.length === 0) return;
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`${Errors.length} files could not be deleted: ${Errors[0]?.Message}`);
      }
    } catch (error) {
      if (!(error instanceof NoSuchBucket)) throw error;
    }
  },
});
