import { describeFluxrate } from '../acceptance/fluxrate.ts';
import { apiUrl, emulated } from './deployed.ts';

describeFluxrate(async () => ({ url: apiUrl('Fluxrate'), ...emulated }));
