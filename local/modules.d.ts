declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** @param options `path` names a folder for LevelDB; without it the tables are in memory */
  export default function dynalite(options?: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
