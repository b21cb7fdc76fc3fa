import { contextBridge, ipcRenderer } from 'electron';
import type { DepotApi, DepotEvent } from '../../shared/contract/procedures.ts';

/** Named functions and not ipcRenderer: the page can neither listen on nor send to any other channel. */
const api: DepotApi = {
  call: (name, input, task) => ipcRenderer.invoke('depot:call', name, input, task),
  chooseFile: (purpose) => ipcRenderer.invoke('depot:chooseFile', purpose),
  printPage: (input) => ipcRenderer.invoke('depot:printPage', input),
  recentFiles: () => ipcRenderer.invoke('depot:recentFiles'),
  onEvent: (listener) => {
    const hear = (_event: unknown, event: DepotEvent) => listener(event);
    ipcRenderer.on('depot:event', hear);
    return () => {
      ipcRenderer.removeListener('depot:event', hear);
    };
  },
  runtimeNotice: () => ipcRenderer.invoke('depot:runtimeNotice'),
};

contextBridge.exposeInMainWorld('depot', api);
