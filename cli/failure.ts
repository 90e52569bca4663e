import { ApiError } from '../lambdas/core/errors.ts';

/** What whoever runs a command is told in place of a result. */
export class Failure extends Error {
  /** 1, or 2 where the command was not understood. */
  readonly status: 1 | 2;

  constructor(message: string, status: 1 | 2 = 1) {
    super(message);
    this.name = 'Failure';
    this.status = status;
  }
}

export const misused = (message: string): Failure => new Failure(message, 2);

/** An error and what caused it, in one line. AWS names the action and the resource that it refuses. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `: ${sentenceOf(error.cause)}`;
  const name = error instanceof ApiError || error instanceof Failure || error.name === 'Error' ? '' : `${error.name}: `;
  return `${name}${error.message || error.name}${cause}`;
}
