import { describeAcceptance } from '../acceptance/suite.ts';
import { apiUrl, emulated } from './deployed.ts';

describeAcceptance(async () => ({ url: apiUrl('Latchkey'), ...emulated }));
