import { create } from 'zustand';
import { createLastActionSlice, type LastActionSlice } from './lastActionSlice.ts';
import { createProgressSlice, type ProgressSlice } from './progressSlice.ts';
import { createRecoverySlice, type RecoverySlice } from './recoverySlice.ts';
import { createStockViewSlice, type StockViewSlice } from './stockViewSlice.ts';

export type AppState = LastActionSlice & ProgressSlice & RecoverySlice & StockViewSlice;

/** View state only. What the depot holds belongs to the data process and is read through api/. */
export const useAppStore = create<AppState>()((...a) => ({
  ...createLastActionSlice(...a),
  ...createProgressSlice(...a),
  ...createRecoverySlice(...a),
  ...createStockViewSlice(...a),
}));
