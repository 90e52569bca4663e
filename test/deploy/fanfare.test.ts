import { describeConsumers } from '../acceptance/consumers.ts';
import { describeFanfare } from '../acceptance/fanfare.ts';
import { apiUrl, emulated, markVerifiedIn, readMail, readText } from './deployed.ts';

const open = async () => ({
  url: apiUrl('Fanfare'),
  ...emulated,
  readMail,
  readText,
  markVerified: markVerifiedIn('Fanfare'),
});

describeFanfare(open);
describeConsumers(open);
