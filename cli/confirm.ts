import type { Call } from './command.ts';
import { Failure, misused } from './failure.ts';

/**
 * Says where and what is about to be changed, and goes on when that is wanted.
 * @param typed has to be typed in the place of `yes`, for what cannot be taken back
 */
export async function confirm(
  { target, terminal, yes }: Pick<Call, 'target' | 'terminal' | 'yes'>,
  consequences: readonly string[],
  typed = 'yes',
): Promise<void> {
  terminal.tell(`On ${target.name}:\n${consequences.map((line) => `- ${line}\n`).join('')}`);
  if (yes) return;
  const answer = await terminal.ask(`Type ${typed} to go on: `);
  if (answer === undefined) throw misused('Nobody can be asked here. Say --yes to go on without.');
  if (answer.trim() !== typed) throw new Failure('Nothing was changed.');
}
