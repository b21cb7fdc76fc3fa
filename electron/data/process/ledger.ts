/** The thread that owns the file. Everything synchronous on the ledger happens here, one thing at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '../../../shared/lib/result.ts';
import { createHost } from '../host/host.ts';
import { describeCause } from './describeCause.ts';
import type { FromLedger, LedgerThreadData, ToLedger } from './messages.ts';

const { userDataDir, cancelFlags } = workerData as LedgerThreadData;
const flags = new Int32Array(cancelFlags);
invariant(parentPort !== null, 'the ledger thread is started by the data process');
const port = parentPort;
const post = (message: FromLedger) => port.postMessage(message);
const host = createHost({
  userDataDir,
  emit: (event) => post({ kind: 'event', event }),
  log: (id, cause) => post({ kind: 'fault', id, text: describeCause(cause) }),
});

port.on('message', (message: ToLedger) => {
  if (message.kind === 'close') {
    void host.close().then(() => {
      post({ kind: 'closed' });
      port.close();
    });
    return;
  }
  const { id, name, input, task, cancelSlot } = message;
  const isCancelled = () => Atomics.load(flags, cancelSlot) === 1;
  void host.perform({ name, input }, task, isCancelled).then((reply) => post({ kind: 'reply', id, reply }));
});
