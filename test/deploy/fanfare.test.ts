import { describeFanfare } from '../acceptance/fanfare.ts';
import { apiUrl, emulated } from './deployed.ts';

describeFanfare(async () => ({ url: apiUrl('Fanfare'), ...emulated }));
