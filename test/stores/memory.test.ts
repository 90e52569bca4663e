import { createMemoryStores } from './memory-store.ts';
import { describeStoreContract } from './store-contract.ts';

describeStoreContract('memory', async () => ({ stores: createMemoryStores(), close: async () => {} }));
