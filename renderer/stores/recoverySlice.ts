import type { StateCreator } from 'zustand';

export type RecoverySlice = {
  /** The 24 words of a depot made a moment ago. While they are here nothing else is shown: they are never shown again. */
  recovery: Readonly<{ words: readonly string[]; name: string }> | null;
  showRecovery: (recovery: { words: readonly string[]; name: string }) => void;
  recoveryKept: () => void;
};

export const createRecoverySlice: StateCreator<RecoverySlice> = (set) => ({
  recovery: null,
  showRecovery: (recovery) => set({ recovery }),
  recoveryKept: () => set({ recovery: null }),
});
