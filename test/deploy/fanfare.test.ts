import { afterAll, beforeAll } from 'vitest';
import { describeConsumers } from '../acceptance/consumers.ts';
import { describeFanfare } from '../acceptance/fanfare.ts';
import { apiUrl, emulated, markVerifiedIn, readMail, textsUrl } from './deployed.ts';
import { receiveTexts } from './texts.ts';

let texts: Awaited<ReturnType<typeof receiveTexts>>;
beforeAll(async () => {
  texts = await receiveTexts(textsUrl);
});
afterAll(() => texts.close());

const open = async () => ({
  url: apiUrl('Fanfare'),
  ...emulated,
  readMail,
  readText: texts.readText,
  markVerified: markVerifiedIn('Fanfare'),
});

describeFanfare(open);
describeConsumers(open);
