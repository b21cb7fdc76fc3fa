import type { ProcedureName, Reply } from '../../../shared/contract/procedures.ts';
import { err } from '../../../shared/lib/result.ts';
import type { FromData, ToData } from './messages.ts';
import type { Port } from './port.ts';

export type Host = Readonly<{
  call(name: unknown, input: unknown, task?: string): Promise<Reply<ProcedureName>>;
  close(): Promise<void>;
}>;

type Options = Readonly<{
  port: Port<ToData, FromData>;
  host: Host;
  log: (id: string, cause: unknown) => void;
  /** Ends this process. */
  exit: (code: number) => void;
}>;

/** Moves messages between the port and the host, and ends in good order when asked to or when the parent goes. */
export function serve({ port, host, log, exit }: Options): void {
  let isClosing = false;
  const close = () => {
    if (isClosing) return;
    isClosing = true;
    host.close().then(
      () => exit(0),
      (cause: unknown) => {
        log('close', cause);
        exit(1);
      },
    );
  };
  const answer = async (id: number, name: unknown, input: unknown, task: string | undefined) => {
    const reply = await host.call(name, input, task).catch((cause: unknown) => {
      // The host answers its own faults; what still arrives here must not leave the caller waiting.
      const fault = crypto.randomUUID();
      log(fault, cause);
      return err({ code: 'internal' as const, id: fault });
    });
    port.post({ kind: 'reply', id, reply });
  };
  port.onMessage((message) => {
    if (message.kind === 'close') close();
    else void answer(message.id, message.name, message.input, message.task);
  });
  port.onGone(close);
}
