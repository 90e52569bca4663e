import { App } from 'aws-cdk-lib';
import { LatchkeyStack } from '../lib/latchkey-stack.ts';
import { findProfile } from '../lib/profiles/index.ts';

const app = new App();

/** `-c name=value`, or undefined. */
const context = (name: string): string | undefined => app.node.tryGetContext(name);

const profile = context('profile');
const callbackUrls = context('callbackUrls')?.split(',');
const domainPrefix = context('domainPrefix');
const issuer = context('issuer');
const loginPages = context('loginPages');
const [mailFrom, mailIdentity] = [context('mailFrom'), context('mailIdentity')];
const smsFrom = context('smsFrom');
const [googleClientId, googleClientSecret] = [context('googleClientId'), context('googleClientSecret')];
if ((googleClientId === undefined) !== (googleClientSecret === undefined)) {
  throw new Error('Sign-in with Google takes both -c googleClientId and -c googleClientSecret');
}
const google =
  googleClientId !== undefined && googleClientSecret !== undefined
    ? { clientId: googleClientId, clientSecret: googleClientSecret }
    : undefined;
const [domainName, certificateArn] = [context('dashboardDomain'), context('dashboardCertificate')];
if ((domainName === undefined) !== (certificateArn === undefined)) {
  throw new Error('A name for the dashboard takes both -c dashboardDomain and -c dashboardCertificate');
}
const dashboardDomain =
  domainName !== undefined && certificateArn !== undefined ? { name: domainName, certificateArn } : undefined;
const dashboard = context('dashboard');
if (dashboard !== undefined && dashboard !== 'true' && dashboard !== 'false') {
  throw new Error(`-c dashboard is true or false, not ${dashboard}`);
}
if (loginPages !== undefined && loginPages !== 'managed' && loginPages !== 'classic') {
  throw new Error(`-c loginPages is managed or classic, not ${loginPages}`);
}

new LatchkeyStack(app, 'Latchkey', {
  description: 'Latchkey: API keys, members, scopes and rate limits',
  ...(profile !== undefined && { profile: await findProfile(profile) }),
  ...(callbackUrls && { callbackUrls }),
  ...(domainPrefix !== undefined && { domainPrefix }),
  ...(loginPages && { loginPages }),
  ...(issuer !== undefined && { issuer }),
  ...(mailFrom !== undefined && {
    mail: { from: mailFrom, ...(mailIdentity !== undefined && { identity: mailIdentity }) },
  }),
  ...(smsFrom !== undefined && { smsFrom }),
  ...(dashboard !== undefined && { dashboard: dashboard === 'true' }),
  ...(dashboardDomain && { dashboardDomain }),
  ...(google && { google }),
});
