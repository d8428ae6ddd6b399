/** Runs the check, and prints one line that the parent looks for. */
import {check} from './check.js';

export const PREFIX = 'platform: ';

export const print = (backendNames: readonly string[]): Promise<void> =>
  check(backendNames).then(
    (answer) => console.log(PREFIX + JSON.stringify(answer)),
    (error) => console.log(PREFIX + JSON.stringify({error: String(error)})),
  );
