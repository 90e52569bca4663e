/** A bucket's files. Throws UnavailableError when it cannot answer. */
export interface SiteBucket {
  put(file: string, content: Uint8Array): Promise<void>;
  /** Takes everything out; a bucket that is gone is empty. */
  empty(): Promise<void>;
}

/** A built site, by the names of its files. */
export interface BuiltSite {
  readonly files: readonly string[];
  read(file: string): Promise<Uint8Array>;
}

/**
 * Puts a site's files into its bucket, the pages last: a page never names an asset that is not there. Assets of earlier
 * versions stay, for pages that are open in a browser.
 */
export async function publishSite(bucket: SiteBucket, { files, read }: BuiltSite): Promise<void> {
  const isPage = (file: string) => file.endsWith('.html');
  for (const file of [...files.filter((each) => !isPage(each)), ...files.filter(isPage)]) {
    await bucket.put(file, await read(file));
  }
}
