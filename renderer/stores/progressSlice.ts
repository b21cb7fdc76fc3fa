import type { StateCreator } from 'zustand';

export type TaskProgress = Readonly<{ label: string; done: number; total: number; startedAtMs: number }>;

export type ProgressSlice = {
  /** By the id that the caller made. */
  progress: Readonly<Record<string, TaskProgress>>;
  reportProgress: (event: { task: string; label: string; done: number; total: number }) => void;
  forgetProgress: (task: string) => void;
};

export const createProgressSlice: StateCreator<ProgressSlice> = (set) => ({
  progress: {},
  reportProgress: ({ task, label, done, total }) =>
    set(({ progress }) => ({
      progress: { ...progress, [task]: { label, done, total, startedAtMs: progress[task]?.startedAtMs ?? Date.now() } },
    })),
  forgetProgress: (task) =>
    set(({ progress }) => ({ progress: Object.fromEntries(Object.entries(progress).filter(([id]) => id !== task)) })),
});
