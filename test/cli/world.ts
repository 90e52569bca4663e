import { run } from '../../cli/run.ts';
import type { Check, Choice, Target } from '../../cli/target.ts';
import { fractalpack } from '../../lambdas/contract/profile.ts';
import { rotateSigningKeys } from '../../lambdas/core/signing-keys.ts';
import type { SigningKeys } from '../../lambdas/core/token-ports.ts';
import { createMemoryStores } from '../stores/memory-store.ts';

/** A stack in memory, and a terminal that remembers what it was told. */
export class Machine {
  now = Date.UTC(2026, 3, 3, 12);
  readonly stores = createMemoryStores();
  checks: readonly Check[] = [{ what: 'table', value: 'fine', ok: true }];
  apiUrl = 'http://127.0.0.1:9';
  /** What is typed; nobody is there without. */
  answer: string | undefined;
  secret = '';
  kept: 'rotated' | 'kept' = 'rotated';
  readonly choices: Choice[] = [];
  readonly did: string[] = [];

  async rotate() {
    let held: SigningKeys | undefined;
    const vault = {
      read: async () => held,
      async write(keys: SigningKeys) {
        held = keys;
      },
    };
    await rotateSigningKeys({ vault, keySets: this.stores, clock: { now: () => this.now } });
  }

  private target(): Target {
    return {
      name: 'the stack of the test',
      operator: 'arn:aws:iam::123456789012:user/jane',
      apiUrl: this.apiUrl,
      profile: fractalpack,
      store: this.stores,
      checks: async () => this.checks,
      keepSigningKeys: async (what) => {
        this.did.push(what);
        return what === 'replace' ? 'replaced' : this.kept;
      },
      forgetSigningKeys: async () => void this.did.push('forget'),
      close: () => {},
    };
  }

  /** The exit status, what was printed, and what was told beside it. */
  async run(...argv: string[]) {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const status = await run(argv, {
      now: () => this.now,
      env: {},
      open: async (choice) => {
        this.choices.push(choice);
        return this.target();
      },
      terminal: {
        print: async (text) => void stdout.push(text),
        tell: (text) => void stderr.push(text),
        ask: async () => this.answer,
        readSecret: async () => this.secret,
      },
    });
    return { status, stdout: stdout.join(''), stderr: stderr.join('') };
  }
}
