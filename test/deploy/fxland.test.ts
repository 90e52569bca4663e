import { describeFxLand } from '../acceptance/fxland.ts';
import { apiUrl, emulated } from './deployed.ts';

describeFxLand(async () => ({ url: apiUrl('FxLand'), ...emulated }));
