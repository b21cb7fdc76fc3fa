import { useQuery } from '@tanstack/react-query';
import type { Reply } from '../../shared/contract/procedures.ts';
import type { SessionView } from '../../shared/contract/views.ts';
import { keyOf, queryClient, useAnswer } from './answers.ts';
import { call } from './client.ts';
import { forgetDepot } from './events.ts';

export const useSession = (): SessionView | null => {
  const { reply } = useAnswer('session.state', {});
  return reply?.ok ? reply.value : null;
};

/** Opening and locking answer with the session, which is shown at once. */
export function showSession(reply: Reply<'session.state'>): void {
  queryClient.setQueryData(keyOf('session.state', {}), reply);
}

export async function lockDepot(): Promise<void> {
  const reply = await call('depot.lock', {});
  if (!reply.ok) return;
  showSession(reply);
  forgetDepot();
}

/** Why this runtime is for trying only; it does not change while the window lives. */
export const useRuntimeNotice = (): string | null =>
  useQuery({ queryKey: ['runtimeNotice'], queryFn: () => globalThis.depot.runtimeNotice().catch(() => null) }).data ?? null;

export const useRecentFiles = () =>
  useQuery({ queryKey: ['recentFiles'], queryFn: () => globalThis.depot.recentFiles().catch(() => []), gcTime: 0, staleTime: 0 }).data;
