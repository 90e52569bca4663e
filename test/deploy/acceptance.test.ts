import { describeAcceptance } from '../acceptance/suite.ts';
import { apiUrl, emulated, markVerifiedIn, readMail } from './deployed.ts';

describeAcceptance(async () => ({
  url: apiUrl('Latchkey'),
  ...emulated,
  readMail,
  markVerified: markVerifiedIn('Latchkey'),
}));
