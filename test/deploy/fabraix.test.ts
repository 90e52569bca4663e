import { describeFabraix } from '../acceptance/fabraix.ts';
import { apiUrl, emulated } from './deployed.ts';

describeFabraix(async () => ({ url: apiUrl('Fabraix'), ...emulated }));
