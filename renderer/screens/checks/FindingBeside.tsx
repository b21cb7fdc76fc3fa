import { Button, CloseButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../shared/rules/explain.ts';
import { familyOf, type JudgedFinding } from '../../../shared/rules/finding.ts';
import { findingKey } from '../../../shared/rules/ruleFinding.ts';
import { useAnswer } from '../../api/answers.ts';
import { useSession } from '../../api/session.ts';
import { go, to } from '../../app/router.ts';
import { type Fact, Facts } from '../../components/Facts.tsx';
import { FindingNumbers } from '../../components/FindingCard.tsx';
import { cureAddress, storehouseAddress } from '../../components/findings.ts';
import { Link } from '../../components/Link.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Severity } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { Decide, type Decision, DecisionForm } from './Decide.tsx';

function useRuleFacts(finding: JudgedFinding): readonly Fact[] {
  const { t } = useTranslation();
  return [
    { label: t('checks.rule'), value: <span className="code">{finding.rule}</span> },
    { label: t('checks.pack'), value: finding.pack },
    { label: t('checks.edition'), value: finding.edition },
    { label: t('checks.source'), value: finding.source },
    { label: t('checks.status'), value: t(`ruleStatus.${finding.status}`) },
  ];
}

/** Where the finding is and what it is about, each a link to its page. */
function Subjects({ finding }: { finding: JudgedFinding }) {
  const { t } = useTranslation();
  const site = useSession()?.site ?? '';
  const facts: Fact[] = [];
  if (finding.place !== '') facts.push({ label: t('stock.place'), value: <Link address={to.place(finding.place)}>{finding.place}</Link> });
  if (finding.subjects.length > 0) {
    facts.push({
      label: t('checks.items'),
      value: finding.subjects.map((item, index) => (
        <span key={item}>
          {index > 0 && ', '}
          <Link address={to.stock({ item, place: finding.place })}>{item}</Link>
        </span>
      )),
    });
  }
  if (finding.lotId) facts.push({ label: t('stock.lot'), value: <Link address={to.lot(site, finding.lotId)}>{t('checks.seeLot')}</Link> });
  return <Facts facts={facts} />;
}

/** What cures it, what was assumed, and who may let it pass. */
function Cures({ finding, explained }: { finding: JudgedFinding; explained: Explanation | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (explained === null) return <p>{t(`cure.${familyOf(finding.rule)}`)}</p>;
  const { cures, assumed, waivedBy } = explained;
  const roles = format.list(waivedBy.map((role) => t(`role.${role}`)));
  return (
    <>
      <ul className={layout.plainList}>
        {cures.map((each) => (
          <li key={each}>{t(`remedy.${each}`)}</li>
        ))}
      </ul>
      {assumed.length > 0 && (
        <>
          <h3>{t('checks.assumed')}</h3>
          <ul className={layout.plainList}>
            {assumed.map((each) => (
              <li key={each}>{t(`assumed.${each}`)}</li>
            ))}
          </ul>
        </>
      )}
      {waivedBy.length > 0 && <p className="soft">{t('checks.waivedBy', { roles })}</p>}
    </>
  );
}

/** An authority let it pass: until when, and where the decision stands; or for less than there is. */
function Passes({ explained }: { explained: Explanation | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (explained === null) return null;
  const { passesUntil, passesBy, waiverTooSmallKg, waivedKg } = explained;
  if (passesUntil === null && waiverTooSmallKg !== null) {
    const numbers = { kilograms: format.number(waiverTooSmallKg), now: waivedKg === null ? '?' : format.number(waivedKg) };
    return (
      <Notice mark="warn">
        <p>{t('checks.waiverTooSmall', numbers)}</p>
      </Notice>
    );
  }
  if (passesUntil === null) return null;
  return (
    <Notice mark="info" title={t('checks.passesUntil', { date: format.date(passesUntil) })}>
      <p>
        <Link address={to.rules({ part: passesBy === 'approval' ? 'approvals' : 'waivers' })}>{t('checks.seeDecision')}</Link>
      </p>
    </Notice>
  );
}

/** What can be done about it, and what an authority could decide. */
function Ways({ finding, explained, onAsk }: { finding: JudgedFinding; explained: Explanation | null; onAsk: (what: Decision) => void }) {
  const { t } = useTranslation();
  const cure = cureAddress(finding);
  const storehouse = storehouseAddress(finding);
  const family = familyOf(finding.rule);
  return (
    <section className={layout.stack}>
      <h3>{t('checks.cure')}</h3>
      <Cures finding={finding} explained={explained} />
      <div className={layout.buttons}>
        {cure && (
          <Button variant="default" onClick={() => go(cure)}>
            {t(family === 'life' ? 'checks.changeCondition' : 'checks.moveOut')}
          </Button>
        )}
        {storehouse && (
          <Button variant="default" onClick={() => go(storehouse)}>
            {t('checks.seeStorehouse')}
          </Button>
        )}
        {(family === 'qd' || family === 'limit') && finding.place !== '' && (
          <Button variant="default" onClick={() => go(to.licence(finding.place))}>
            {t('checks.seeLicence')}
          </Button>
        )}
      </div>
      {explained && <Decide finding={finding} explained={explained} onAsk={onAsk} />}
    </section>
  );
}

function WhereItSays({ finding }: { finding: JudgedFinding }) {
  const { t } = useTranslation();
  return (
    <section className={layout.stack}>
      <h3>{t('checks.why')}</h3>
      <Facts facts={useRuleFacts(finding)} />
      {finding.status === 'unverified' && (
        <Notice mark="warn">
          <p>{t('checks.unverifiedNote')}</p>
        </Notice>
      )}
    </section>
  );
}

export function FindingBeside({ finding, onClose }: { finding: JudgedFinding; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  const [asked, setAsked] = useState<Decision | null>(null);
  const column = useRef<HTMLElement>(null);
  const close = () => {
    setAsked(null);
    column.current?.scrollTo({ top: 0 }); // what it came to stands at the top, the form ended at the bottom
  };
  const { reply } = useAnswer('finding.explain', { key: findingKey(finding) });
  const explained = reply?.ok ? reply.value : null;
  return (
    <aside ref={column} className={layout.beside} aria-label={t('checks.detail')}>
      <div className={layout.besideHead}>
        <h2>
          <Severity mark={finding.severity} size={18} />
        </h2>
        <CloseButton aria-label={t('beside.close')} onClick={onClose} />
      </div>
      <p>{sentences.finding(finding)}</p>
      {asked ? (
        <DecisionForm what={asked} finding={finding} explained={explained} onClose={close} />
      ) : (
        <>
          <Passes explained={explained} />
          {finding.blocked && <p>{t('checks.blocks')}</p>}
          <FindingNumbers finding={finding} format={format} />
          <Subjects finding={finding} />
          <Ways finding={finding} explained={explained} onAsk={setAsked} />
          <WhereItSays finding={finding} />
        </>
      )}
    </aside>
  );
}
