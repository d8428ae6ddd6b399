/** A client's process, with its questions and answers. */
import {fork} from 'node:child_process';

import type {Reply, Request} from './worker';

export interface Process {
  ask(request: Request): void;
  /** @throws Error with the last of its output if it has ended. */
  receive(): Promise<Reply>;
  end(): void;
}

export function startProcess(file: string, args: readonly string[]): Process {
  const child = fork(file, args, {silent: true, execArgv: []}); // Without tsx.
  let output = '';
  child.stdout!.on('data', (text) => (output += text));
  child.stderr!.on('data', (text) => (output += text));
  /** Without the lines of minified code that Node shows above an error. */
  const lastLines = () =>
    output
      .split('\n')
      .filter((line) => line.length < 300)
      .slice(-30)
      .join('\n');
  const waiting: Reply[] = [];
  let wake = () => {};
  let hasEnded = false;
  child.on('message', (reply: Reply) => {
    waiting.push(reply);
    wake();
  });
  child.on('exit', () => {
    hasEnded = true;
    wake();
  });
  return {
    ask: (request) => void child.send(request),
    async receive() {
      while (waiting.length === 0) {
        if (hasEnded) throw new Error(`A client's process ended:\n${lastLines()}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return waiting.shift()!;
    },
    end: () => void child.kill(),
  };
}
