import { createMemoryStores } from '../doubles/memory-store.ts';
import { describeStoreContract } from './store-contract.ts';

describeStoreContract('memory', async () => ({ stores: createMemoryStores(), close: async () => {} }));
