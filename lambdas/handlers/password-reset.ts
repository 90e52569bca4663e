import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import type { EndAllSessions } from '../core/session-ender.ts';

/**
 * What Cognito calls after a sign-up was confirmed or a password was reset, wherever that was: a new password ends what
 * came by the old one.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 * @throws UnavailableError, which Cognito tells the caller
 */
export const createPasswordResetHandler =
  (endAll: EndAllSessions) =>
  async (event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> => {
    const { triggerSource, request } = event;
    const { sub } = request.userAttributes;
    if (triggerSource === 'PostConfirmation_ConfirmForgotPassword') {
      if (!sub) throw new Error('Cognito named nobody');
      await endAll(sub);
    }
    return event;
  };
