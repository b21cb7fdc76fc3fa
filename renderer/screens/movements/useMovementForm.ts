import { useCallback, useState } from 'react';
import type { PostOutcome } from '../../../shared/contract/views.ts';
import type { DomainError, Fault } from '../../../shared/domain/errors.ts';
import { call } from '../../api/client.ts';
import { to } from '../../app/router.ts';
import { newId } from '../../format/id.ts';
import { useAppStore } from '../../stores/appStore.ts';
import type { DraftKeeper } from './draft.ts';
import { type Content, changed, emptyContent, kindOf, requestOf } from './movementForm.ts';

type Outcome = PostOutcome | Readonly<{ posted: false; refusal: DomainError | Fault; findings: [] }>;
/** What was posted is kept beside its outcome, since the form is emptied for the next one. */
export type Posted = Readonly<{ content: Content; outcome: Extract<PostOutcome, { posted: true }> }>;
export type Refused = Readonly<{ content: Content; outcome: Extract<Outcome, { posted: false }> }>;

export type MovementFormState = Readonly<{
  content: Content;
  set: (part: Partial<Content>) => void;
  /** What follows from what is there already. Nobody typed it, so it makes no draft. */
  fill: (part: Partial<Content>) => void;
  isPosting: boolean;
  posted: Posted | null;
  refused: Refused | null;
  post: (secondPassphrase: string) => Promise<void>;
  next: () => void;
}>;

async function askToPost(content: Content, secondPassphrase: string): Promise<Outcome> {
  const second = content.second.trim();
  const reply = await call('movement.post', {
    request: requestOf(content),
    ...(second !== '' && secondPassphrase !== '' ? { second: { user: second, passphrase: secondPassphrase } } : {}),
  });
  return reply.ok ? reply.value : { posted: false, refusal: reply.error, findings: [] };
}

export function useMovementForm(start: Content, draft: DraftKeeper, site: string): MovementFormState {
  const [content, setContent] = useState(start);
  const [isPosting, setPosting] = useState(false);
  const [posted, setPosted] = useState<Posted | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const report = useAppStore((s) => s.report);
  const { save, clear } = draft;
  const set = useCallback(
    (part: Partial<Content>) => {
      // The signature of a second person is the answer to the refusal, which stays in sight while it is typed.
      if (!Object.keys(part).every((name) => name === 'override' || name === 'second')) setRefused(null);
      setContent((before) => {
        const next = changed(before, part);
        save(next);
        return next;
      });
    },
    [save],
  );
  const fill = useCallback((part: Partial<Content>) => setContent((before) => changed(before, part)), []);
  const post = async (secondPassphrase: string) => {
    setPosting(true);
    const outcome = await askToPost(content, secondPassphrase);
    setPosting(false);
    if (!outcome.posted) {
      setRefused({ content, outcome });
      report({ outcome: 'refused', says: 'action.refused', values: {}, link: to.screen('post') });
      // A refused request has had its answer; what is tried next is another request.
      setContent((before) => ({ ...before, id: newId() }));
      return;
    }
    setRefused(null);
    setPosted({ content, outcome });
    clear();
    const link = content.lotId === '' ? to.item(content.item) : to.lot(site, content.lotId);
    report({ outcome: 'done', says: 'action.posted', values: { voucher: outcome.voucher }, link });
  };
  const next = () => {
    const kind = kindOf(content);
    setPosted(null);
    setContent(emptyContent(newId(), kind === 'reverse' ? 'receipt' : kind));
  };
  return { content, set, fill, isPosting, posted, refused, post, next };
}
