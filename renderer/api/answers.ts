import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import type { InputOf, ProcedureName, Reply } from '../../shared/contract/procedures.ts';
import { useAppStore } from '../stores/appStore.ts';
import { call } from './client.ts';

/** Answers stay until the data process says that something changed; there is no network to wait for. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  },
});

export const keyOf = <P extends ProcedureName>(name: P, input: InputOf<P>) => [name, input] as const;

export const question = <P extends ProcedureName>(name: P, input: InputOf<P>) => ({
  queryKey: keyOf(name, input),
  queryFn: async (): Promise<Reply<P>> => {
    const reply = await call(name, input, name); // a long read tells how far it is under its own name
    const { progress, forgetProgress } = useAppStore.getState();
    if (progress[name] !== undefined) forgetProgress(name);
    return reply;
  },
});

export type Answer<P extends ProcedureName> = Readonly<{
  /** Null until the first reply. */
  reply: Reply<P> | null;
  /** The reply shown belongs to an earlier question; the new one is under way. */
  isEarlier: boolean;
}>;

/** One read, kept in the cache. The earlier answer stays on the screen while the next is fetched: nothing flashes. */
export function useAnswer<P extends ProcedureName>(name: P, input: InputOf<P>, isWanted = true): Answer<P> {
  const { data, isPlaceholderData } = useQuery({ ...question(name, input), enabled: isWanted, placeholderData: keepPreviousData });
  return { reply: data ?? null, isEarlier: isPlaceholderData };
}

/** Asks again at once what somebody is waiting for, where a change would otherwise be shown only when all is quiet. */
export const askAgainNow = (name: ProcedureName): void => void queryClient.invalidateQueries({ queryKey: [name] });
