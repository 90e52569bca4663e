import { randomUUID } from 'node:crypto';
import type { Mode } from '../../lambdas/contract/profile.ts';
import { cookiesOf } from '../acceptance/cookies.ts';
import { createClient, newEmail, type Target } from '../acceptance/target.ts';
import { createAsker, type Reply } from './asking.ts';
import { type About, calls } from './calls.ts';
import { type Organization, openOrganization } from './organization.ts';
import { createPrincipals, type Principal } from './principals.ts';
import { theDead } from './the-dead.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Two organizations with everything there is, and everybody who has to do with the first. */
export async function openWorld(target: Target) {
  const [own, other, elsewhere] = (await Promise.all(
    ['alpha', 'beta', 'gamma'].map((name) => openOrganization(target, `${name}${randomUUID().slice(0, 8)}`)),
  )) as [Organization, Organization, Organization];
  const principals = createPrincipals(target);
  const [living, dead] = await Promise.all([principals.all(own, elsewhere), theDead(principals, own)]);
  const client = createClient(target);

  /** What there is of an organization, in the mode that somebody sees. */
  const about = ({ objects }: Organization, mode: Mode = 'live'): About => ({ ...objects[mode], mode });

  /** The same with something new where a call uses it up. */
  async function anew(operation: keyof typeof calls, by: Principal): Promise<About> {
    const { uses } = calls[operation];
    const mode = by.mode ?? 'live';
    const standing = about(own, mode);
    const email = newEmail();
    switch (uses) {
      case 'key':
        return { ...standing, keyId: (await own.newKey(mode)).keyId };
      case 'invitation':
        return { ...standing, ...(await own.invite('viewer', email)) };
      case 'invited':
        return by.person ? { ...standing, ...(await own.invite('viewer', by.person.email)) } : standing;
      case 'member':
        return { ...standing, memberId: (await own.newMember('viewer')).id };
      case 'consumer':
        return { ...standing, ...(await own.newConsumer(mode)) };
      case 'code':
        return { ...standing, code: await own.newCode(mode) };
      case 'otp':
        return { ...standing, email, otp: await own.newOtp(mode, email) };
      case 'tokens':
        return { ...standing, refreshToken: (await own.newGuest(mode)).refreshToken };
      case 'session':
        return by.person ? { ...standing, sessionId: (await own.newSession(by.person)).sessionId } : standing;
      case 'cookies': {
        const cookies = cookiesOf(await client.logIn(own.members.viewer.email));
        return { ...standing, refreshCookie: cookies.find(({ name }) => name === 'refresh_token')?.value ?? '' };
      }
      default:
        return standing;
    }
  }

  /** Names in an answer that whoever was given it must not know of. */
  function foreignIn({ text }: Reply, { mode }: Principal): readonly string[] {
    const otherMode = mode && (mode === 'live' ? 'test' : 'live');
    const hidden = [...other.common, ...other.secretsOf(), ...(otherMode ? own.secretsOf([otherMode]) : [])];
    return hidden.filter((name) => text.includes(name));
  }

  return { own, other, living, dead, ask: createAsker(target.url), about, anew, foreignIn };
}
