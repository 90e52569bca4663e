import type { Target } from './target.ts';

/** Where a command reads and writes. */
export interface Terminal {
  /** For results. Resolves when more may be written. */
  print(text: string): Promise<void>;
  /** For what goes on, and what went wrong. */
  tell(text: string): void;
  /** Asks on the terminal; undefined where there is none. */
  ask(question: string): Promise<string | undefined>;
  /** A secret: from the terminal, unseen, or else the whole standard input. */
  readSecret(question: string): Promise<string>;
}

interface Option {
  readonly type: 'string' | 'boolean';
  /** What the value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What a command was called with. */
export interface Call {
  /** In the order of the command's own. */
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly json: boolean;
  readonly yes: boolean;
  readonly target: Target;
  readonly terminal: Terminal;
  readonly now: () => number;
}

export interface Command {
  /** Words that name it, such as `keys list`. */
  readonly name: string;
  readonly summary: string;
  /** More than one line about it. */
  readonly details?: string;
  /** Names of what follows the command; all are needed. */
  readonly positionals?: readonly string[];
  readonly options?: Options;
  /** Whether it asks before it does something, and takes `--yes`. */
  readonly asks?: true;
  /** The exit status. */
  run(call: Call): Promise<0 | 1>;
}
