import { environment } from '../contract/environment.ts';
import { createPagesHandler } from '../handlers/pages.ts';
import { readEnv } from './read-env.ts';
import { handlerOptions, home } from './settings.ts';

export const handler = createPagesHandler({
  ...handlerOptions,
  baseUrl: readEnv(environment.baseUrl),
  hosted: true,
  ...home(),
});
