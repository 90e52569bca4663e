import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createPasswordResetHandler } from '../../lambdas/handlers/password-reset.ts';

const event = (triggerSource: string, userAttributes: Record<string, string> = { sub: 'somebody' }) =>
  ({ triggerSource, request: { userAttributes }, response: {} }) as unknown as PostConfirmationTriggerEvent;

describe('what Cognito calls when something was confirmed', () => {
  it('ends the sessions of who has a new password, and of nobody else', async () => {
    const ended: string[] = [];
    const handle = createPasswordResetHandler(async (subject) => void ended.push(subject));
    const reset = event('PostConfirmation_ConfirmForgotPassword');
    expect(await handle(reset)).toBe(reset);
    expect(ended).toEqual(['somebody']);
    const confirmed = event('PostConfirmation_ConfirmSignUp');
    expect(await handle(confirmed)).toBe(confirmed);
    expect(ended).toEqual(['somebody']);
  });

  it('fails where it cannot end them', async () => {
    const handle = createPasswordResetHandler(async () => {
      throw new Error('The store is away');
    });
    await expect(handle(event('PostConfirmation_ConfirmForgotPassword'))).rejects.toThrow('away');
    await expect(handle(event('PostConfirmation_ConfirmForgotPassword', {}))).rejects.toThrow('nobody');
  });
});
