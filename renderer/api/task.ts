import { useRef, useState } from 'react';
import type { InputOf, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { newId } from '../format/id.ts';
import { useAppStore } from '../stores/appStore.ts';
import type { TaskProgress } from '../stores/progressSlice.ts';
import { call } from './client.ts';

/** Work that somebody started: how far it is, and a way to stop it. */
export type Watched = Readonly<{ isRunning: boolean; progress: TaskProgress | null; cancel: () => void }>;
export type Task = Readonly<{
  isRunning: boolean;
  /** Null while it runs without having reported yet. */
  progress: TaskProgress | null;
  run: <P extends ProcedureName>(name: P, input: InputOf<P>) => Promise<Reply<P>>;
  cancel: () => void;
}>;

/** Long work: it tells how far it is by an id that we make, and can be cancelled by it. */
export function useTask(): Task {
  const [taskId, setTaskId] = useState<string | null>(null);
  const running = useRef<string | null>(null);
  const progress = useAppStore((s) => (taskId ? (s.progress[taskId] ?? null) : null));
  const run: Task['run'] = async (name, input) => {
    const id = newId();
    running.current = id;
    setTaskId(id);
    const reply = await call(name, input, id);
    if (running.current === id) {
      running.current = null;
      setTaskId(null);
    }
    useAppStore.getState().forgetProgress(id);
    return reply;
  };
  const cancel = () => {
    if (running.current) void call('task.cancel', { task: running.current });
  };
  return { isRunning: taskId !== null, progress, run, cancel };
}

/** Work that the program started by itself, known by its id; it runs from its first report to its last. */
export function useWatched(id: string): Watched {
  const progress = useAppStore((s) => s.progress[id] ?? null);
  const cancel = () => void call('task.cancel', { task: id });
  return { isRunning: progress !== null, progress, cancel };
}
