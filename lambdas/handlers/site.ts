import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { type BuiltSite, publishSite, type SiteBucket } from '../core/site-files.ts';
import type { Log } from '../http/log.ts';
import { answerCloudFormation } from './custom-resource.ts';

/** Puts the dashboard's files into its bucket when the stack is deployed, and takes them out before it is removed. */
export const createSiteHandler =
  (bucket: SiteBucket, built: () => Promise<BuiltSite>, log: Log, pause?: number) =>
  async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    const resource = {
      name: 'site-files',
      apply: async () => publishSite(bucket, await built()),
      // It could not be deleted otherwise.
      remove: () => bucket.empty(),
    };
    await answerCloudFormation(event, resource, log, pause);
  };
