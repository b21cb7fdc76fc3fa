import type { DepotEvent, ProcedureName } from '../../shared/contract/procedures.ts';
import { useAppStore } from '../stores/appStore.ts';
import { queryClient } from './answers.ts';

/** Not touched by a change of the ledger: a draft belongs to the person who types it. */
const untouched: ReadonlySet<unknown> = new Set<ProcedureName>(['draft.load', 'condition.choices', 'session.state']);
/** Checking a whole depot takes time on an old machine, so during bulk work it is asked again only once it is quiet. */
const slow: ReadonlySet<unknown> = new Set<ProcedureName>(['check.depot', 'surplus.run']);

const onceQuiet = (waitMs: number, work: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, waitMs);
  };
};

const everyAtMost = (gapMs: number, work: () => void): (() => void) => {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      work();
    }, gapMs);
  };
};

const askAgain = everyAtMost(150, () => {
  void queryClient.invalidateQueries({ queryKey: ['session.state'] });
  void queryClient.invalidateQueries({ predicate: ({ queryKey: [name] }) => !untouched.has(name) && !slow.has(name) });
});
const askSlowAgain = onceQuiet(1_000, () => void queryClient.invalidateQueries({ predicate: ({ queryKey: [name] }) => slow.has(name) }));

/** Not of the depot, and asked for by the very page that stands there after locking: taken away under it, it would stay empty. */
const notOfDepot: ReadonlySet<unknown> = new Set(['session.state', 'recentFiles', 'runtimeNotice']);

/** Forgets what was read: on locking nothing of the depot may stay in the page. */
export function forgetDepot(): void {
  queryClient.removeQueries({ predicate: ({ queryKey: [name] }) => !notOfDepot.has(name) });
  useAppStore.setState({ lastAction: null, stockRow: 0 });
}

function receive(event: DepotEvent): void {
  if (event.kind === 'progress') {
    useAppStore.getState().reportProgress(event);
    return;
  }
  if (event.kind === 'locked') {
    void queryClient.invalidateQueries({ queryKey: ['session.state'] }).then(forgetDepot);
    return;
  }
  // Only the program's own work at the start ends in a change of the session: what it reported is over.
  if (event.tables.includes('session')) useAppStore.setState({ progress: {} });
  askAgain();
  askSlowAgain();
}

export const followEvents = (): (() => void) => globalThis.depot.onEvent(receive);
