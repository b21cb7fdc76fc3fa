import type { ParseKeys } from 'i18next';
import type { StateCreator } from 'zustand';
import type { Query, Screen } from '../app/router.ts';

/** What the foot says: key and values, not a sentence, so that it changes with the language. */
export type LastAction = Readonly<{
  outcome: 'done' | 'refused';
  says: ParseKeys;
  values: Readonly<Record<string, string | number>>;
  link: Readonly<{ screen: Screen; query: Query }> | null;
  atMs: number;
}>;

export type LastActionSlice = {
  lastAction: LastAction | null;
  report: (action: Omit<LastAction, 'atMs'>) => void;
};

export const createLastActionSlice: StateCreator<LastActionSlice> = (set) => ({
  lastAction: null,
  report: (action) => set({ lastAction: { ...action, atMs: Date.now() } }),
});
