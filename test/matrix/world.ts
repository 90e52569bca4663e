import { randomUUID } from 'node:crypto';
import type { Mode } from '../../lambdas/contract/profile.ts';
import type { Operation } from '../../lambdas/contract/routes.ts';
import { cookiesOf } from '../acceptance/cookies.ts';
import { createClient, newEmail, type Target } from '../acceptance/target.ts';
import type { Refusal } from './access.ts';
import { createAsker, inTurn, type Reply } from './asking.ts';
import { type About, askFor, calls } from './calls.ts';
import type { Documented } from './documented.ts';
import { type Extent, letInOf, refusedOf } from './extent.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Organization, openOrganization } from './organization.ts';
import { createPrincipals, type Principal } from './principals.ts';
import { theDead } from './the-dead.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;

/** What a gateway prints of what an authorizer says, where it prints but the name of that. */
const UNPRINTED = '$context.authorizer.code';
/** Requests at once, where the target stands them. */
const AT_ONCE = 16;

/** Two organizations with everything there is, and everybody who has to do with the first. */
export async function openWorld(target: Target, profile: Documented, extent: Extent) {
  // Many who are used up need an organization of their own: one has thirty invitations a minute.
  const names = extent === 'all' ? ['alpha', 'beta', 'gamma'] : ['alpha', 'beta'];
  const [own, other, elsewhere = other] = (await Promise.all(
    names.map((name) => openOrganization(target, `${name}${randomUUID().slice(0, 8)}`, profile)),
  )) as [Organization, Organization, Organization?];
  const principals = createPrincipals(target, profile, extent);
  const [living, dead] = await Promise.all([principals.all(own, elsewhere), theDead(principals, own, profile, extent)]);
  const client = createClient(target);
  const { body: config } = await client.call('GET', '/config.json');

  /** What there is of an organization, in the mode that somebody sees. */
  const about = ({ objects }: Organization, mode: Mode = 'live'): About => ({ ...objects[mode], mode });

  /** The same with something new where a call uses it up. */
  async function anew(operation: Operation, by: Principal): Promise<About> {
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

  const ask = createAsker(target.url, profile);

  return {
    ...{ profile, own, other, living, dead, ask, about, anew, foreignIn },
    hosted: config.loginUrl !== null,
    call: (operation: Operation, by: Principal, subject: About) => ask(askFor(operation, by, subject, profile)),
    fingerprint: (organization: Organization) => fingerprintOf(ask, profile, organization),
    /** Whom to ask of some. */
    refusedOf: (some: readonly Principal[], turn: number) => refusedOf(extent, some, turn),
    letInOf: (some: readonly Principal[], turn: number) => letInOf(extent, some, turn),
    inTurn: <T, R>(jobs: readonly T[], run: (job: T) => Promise<R>, atOnce = AT_ONCE) =>
      inTurn(jobs, run, Math.min(atOnce, target.concurrency)),
    /** Of a 403, a gateway that prints no code is believed the status. */
    isRefusal: (reply: Reply, [status, code]: Refusal) =>
      reply.status === status &&
      (reply.code === code || (!target.printsDenials && status === 403 && reply.code === UNPRINTED)),
  };
}
