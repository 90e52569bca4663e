import { describeAcceptance } from '../acceptance/suite.ts';
import { apiUrl, emulated, readMail } from './deployed.ts';

describeAcceptance(async () => ({ url: apiUrl('Latchkey'), ...emulated, readMail }));
