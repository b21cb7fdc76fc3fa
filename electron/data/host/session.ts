import type { SessionView, TailView } from '../../../shared/contract/views.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { isControlWeakened } from '../../../shared/domain/roles.ts';
import { headCode } from '../journal/head.ts';
import { isExpired } from '../journal/trustListForm.ts';
import type { Ledger } from '../ledger.ts';
import { listNotUnderstood } from '../repositories/notUnderstood.ts';
import { findSetting } from '../repositories/reference.ts';
import { listInForce } from '../repositories/trusted.ts';
import { onlyHereOf } from '../services/acknowledged.ts';
import { listActive } from '../services/authority.ts';
import { dateOf } from '../services/checking.ts';

export const CLOSED: SessionView = {
  state: 'closed',
  file: null,
  site: null,
  name: null,
  role: null,
  person: null,
  roles: [],
  isDemo: false,
  readOnly: false,
  readOnlyWhy: null,
  isControlWeakened: false,
  onlyHere: 0,
  sentNotAcknowledged: 0,
  tail: { state: 'off', sinceMs: null, lastSeq: 0 },
  head: null,
  pack: null,
  listExpiresOn: null,
  isListExpired: false,
  notUnderstood: [],
};

/** What the frame of the window shows. */
export function sessionView(ledger: Ledger, isDemo: boolean, tail: TailView = CLOSED.tail): SessionView {
  const site = ledger.store.get('site', { site: ledger.site });
  const { seq, hash } = ledger.journal.last;
  const list = listInForce(ledger)?.list;
  return {
    state: 'open',
    file: ledger.file,
    site: ledger.site,
    name: site?.name ?? null,
    role: (site?.role ?? null) as SiteRole | null,
    person: ledger.session.person,
    roles: ledger.session.roles,
    isDemo,
    readOnly: ledger.readOnly !== null,
    readOnlyWhy: ledger.readOnly,
    isControlWeakened: isControlWeakened(listActive(ledger)),
    ...onlyHereOf(ledger),
    tail,
    head: { seq, code: headCode(hash) },
    pack: findSetting(ledger, ledger.site, 'pack'),
    listExpiresOn: list?.expiresOn ?? null,
    isListExpired: list !== undefined && isExpired(list, dateOf(ledger.deps.nowMs())),
    notUnderstood: listNotUnderstood(ledger),
  };
}
