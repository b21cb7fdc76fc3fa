import type { SessionView, TailView } from '../../../shared/contract/views.ts';
import type { SiteRole } from '../../../shared/domain/model.ts';
import { isControlWeakened } from '../../../shared/domain/roles.ts';
import { headCode } from '../journal/head.ts';
import type { Ledger } from '../ledger.ts';
import { findSetting } from '../repositories/reference.ts';
import { onlyHereOf } from '../services/acknowledged.ts';
import { listActive } from '../services/authority.ts';

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
  isControlWeakened: false,
  onlyHere: 0,
  sentNotAcknowledged: 0,
  tail: { state: 'off', sinceMs: null, lastSeq: 0 },
  head: null,
  pack: null,
};

/** What the frame of the window shows. */
export function sessionView(ledger: Ledger, isDemo: boolean, tail: TailView = CLOSED.tail): SessionView {
  const site = ledger.store.get('site', { site: ledger.site });
  const { seq, hash } = ledger.journal.last;
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
    isControlWeakened: isControlWeakened(listActive(ledger)),
    ...onlyHereOf(ledger),
    tail,
    head: { seq, code: headCode(hash) },
    pack: findSetting(ledger, ledger.site, 'pack'),
  };
}
