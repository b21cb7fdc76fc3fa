import type { StateCreator } from 'zustand';

/** Where the reader was in the list, so that coming back from a lot finds the same line. Rows are not kept here. */
export type StockViewSlice = {
  stockRow: number;
  rememberStockRow: (row: number) => void;
};

export const createStockViewSlice: StateCreator<StockViewSlice> = (set) => ({
  stockRow: 0,
  rememberStockRow: (stockRow) => set({ stockRow }),
});
