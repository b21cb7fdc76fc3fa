import { useCallback, useEffect, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/views.ts';
import { call } from '../../api/client.ts';

/** The form's name in the draft table. */
export const draftForm = 'movement';

const pauseMs = 100;

export type DraftKeeper = Readonly<{
  /** Undefined while it is being read. */
  found: Draft | null | undefined;
  save: (content: Readonly<Record<string, string>>) => void;
  flush: () => void;
  clear: () => void;
}>;

/** What is half typed is written at every pause of a tenth of a second, and at once when the field or the window is left. */
export function useDraft(form: string): DraftKeeper {
  const [found, setFound] = useState<Draft | null | undefined>(undefined);
  const waiting = useRef<Readonly<Record<string, string>> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!waiting.current) return;
    const content = waiting.current;
    waiting.current = null;
    void call('draft.save', { form, content });
  }, [form]);
  const save = useCallback(
    (content: Readonly<Record<string, string>>) => {
      waiting.current = content;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, pauseMs);
    },
    [flush],
  );
  const clear = useCallback(() => {
    waiting.current = {};
    flush();
  }, [flush]);
  useEffect(() => {
    let isCurrent = true;
    void call('draft.load', { form }).then((reply) => {
      if (isCurrent) setFound(reply.ok ? reply.value : null);
    });
    window.addEventListener('pagehide', flush);
    return () => {
      isCurrent = false;
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [form, flush]);
  return { found, save, flush, clear };
}
