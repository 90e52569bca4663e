export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** @throws UnavailableError when it could not be handed over */
  send(mail: Mail): Promise<void>;
}

/** A text from somebody, on one line and without what a mail program would take for more. */
export const onOneLine = (text: string): string => text.replaceAll(/\p{C}+/gu, ' ').trim();

export interface InvitationMail {
  readonly email: string;
  readonly organization: string;
  readonly role: string;
  readonly url: string;
  readonly days: number;
}

export const invitationMail = ({ email, organization, role, url, days }: InvitationMail): Mail => ({
  to: email,
  subject: `Invitation to ${onOneLine(organization)}`,
  text: `You are invited to join the organization "${onOneLine(organization)}" as ${role}.

Accept the invitation here, signed in with this e-mail address:

${url}

It can be accepted for ${days} days. If you did not expect it, there is nothing that you have to do.
`,
});
