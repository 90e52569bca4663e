import type { Command } from '../command.ts';
import { confirm } from '../confirm.ts';
import { operatorOf } from '../operator.ts';
import { json } from '../output.ts';

export const rotateIssuer: Command = {
  name: 'issuer rotate',
  summary: 'Let the next signing key sign before it is due',
  details: `Nothing stops working: the next key was published with the last rotation, and what the present one has signed goes on
to be accepted. Not within an hour of the last rotation, for so long may a verifier not know the next key. This does not
help when the private keys are known to somebody: issuer replace does.`,
  asks: true,
  async run(call) {
    await confirm(call, ['the next signing key signs from now on, and another is published']);
    const outcome = await operatorOf(call).rotateIssuer();
    const rotated = outcome === 'rotated';
    if (call.json) await call.terminal.print(json({ outcome }));
    else {
      const kept =
        'Nothing was rotated: the last rotation was within the hour, and verifiers may not know the next key.';
      await call.terminal.print(rotated ? 'Rotated. Functions sign by the next key within 5 minutes.\n' : `${kept}\n`);
    }
    return rotated ? 0 : 1;
  },
};

export const replaceIssuer: Command = {
  name: 'issuer replace',
  summary: 'Put new signing keys in the place of all, because the private ones are known to somebody',
  details: `Every token that was signed until now is refused. Members and consumers refresh their sessions as usual; keys that are
JWTs end for good. It may be stopped and run again at any moment.`,
  asks: true,
  async run(call) {
    await confirm(
      call,
      [
        'every access token and widget token that was signed until now is refused: sessions are refreshed, widgets get a new one',
        'every key that is a JWT is refused for good; opaque keys and session tokens go on',
        'whoever verifies tokens by the JWKS and keeps it goes on to accept the old ones until they read it again',
      ],
      'replace',
    );
    const outcome = await operatorOf(call).replaceIssuer();
    if (call.json) await call.terminal.print(json({ outcome }));
    else await call.terminal.print('Replaced. What the old keys signed is refused.\n');
    return 0;
  },
};
