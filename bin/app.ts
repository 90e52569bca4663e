import { App } from 'aws-cdk-lib';
import { LatchkeyStack } from '../lib/index.ts';
import { readSettings } from './settings.ts';

const app = new App();
const settings = await readSettings((name) => app.node.tryGetContext(name));

// A stage has a stack of its own: none can make another's data unprotected.
new LatchkeyStack(app, settings.stage === 'dev' ? 'Latchkey-dev' : 'Latchkey', {
  description: 'Latchkey: API keys, members, scopes and rate limits',
  ...settings,
});
