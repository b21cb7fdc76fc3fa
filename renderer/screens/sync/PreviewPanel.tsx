import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BundlePreview } from '../../../shared/contract/views.ts';
import { useAnswer } from '../../api/answers.ts';
import { Facts } from '../../components/Facts.tsx';
import layout from '../../components/layout.module.css';
import { Notice } from '../../components/Notice.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useFormat } from '../../format/format.ts';
import { useSentences } from '../../format/sentence.ts';
import { ListRefused } from './ListRefused.tsx';
import { Moment } from './Moment.tsx';
import { PreviewLine } from './PreviewLine.tsx';
import classes from './sync.module.css';
import { mayBeCleared } from './syncView.ts';
import type { Seen } from './useTakeIn.ts';

/** Entries by kind, the most frequent first. */
function Kinds({ preview }: { preview: BundlePreview }) {
  const format = useFormat();
  const sentences = useSentences();
  if (preview.entries.length === 0) return null;
  return (
    <ul className={classes.kinds}>
      {preview.entries.map(({ type, count }) => (
        <li key={type}>
          <b className="number">{format.number(count)}</b> {sentences.at(`entryType.${type}`, { count }, type)}
        </li>
      ))}
    </ul>
  );
}

/** What people would have to decide after it, and what has to come before it. */
function Troubles({ preview }: { preview: BundlePreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = useSentences();
  const { conflicts, missing } = preview;
  return (
    <>
      {missing.length > 0 && (
        <Notice mark="warn" title={t('bundlePreview.missing')}>
          <ul className={layout.plainList}>
            {missing.map(({ device, from, upto }) => (
              <li key={`${device} ${from}`}>
                {t('bundlePreview.missingRange', { from: format.number(from), upto: format.number(upto), device: device.slice(0, 8) })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {conflicts.length > 0 && (
        <Notice mark="warn" title={t('bundlePreview.conflicts', { count: conflicts.length, shown: format.number(conflicts.length) })}>
          <ul className={layout.plainList}>
            {conflicts.map(({ kind, subject }) => (
              <li key={`${kind} ${subject}`}>
                {sentences.at(`case.kind.${kind}`, {}, kind)}: <bdi className="code">{subject}</bdi>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function OneFile({ preview }: { preview: BundlePreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reply: check } = useAnswer('check.depot', {});
  const { from, quarantined, missingParts, applied, skipped, findings } = preview;
  const sender = from && (
    <>
      <bdi>{from.site}</bdi> · <bdi>{from.name}</bdi>{' '}
      <span className="soft">({t('bundlePreview.device', { device: from.device.slice(0, 8) })})</span>
    </>
  );
  if (missingParts.length > 0) return <p>{t('bundlePreview.part', { parts: format.number(missingParts.length + 1) })}</p>;
  if (quarantined !== null) {
    return (
      <>
        {sender && <Facts facts={[{ label: t('bundlePreview.from'), value: sender }]} />}
        <Notice mark="stop" title={t(`bundle.${quarantined.code}.why`)}>
          <ListRefused quarantined={quarantined} />
          <p>{t(`bundle.${quarantined.code}.now`)}</p>
        </Notice>
        <Troubles preview={preview} />
      </>
    );
  }
  const now = check?.ok ? check.value.findings.length : null;
  return (
    <>
      <Facts
        facts={[
          { label: t('bundlePreview.from'), value: sender },
          { label: t('bundlePreview.asOf'), value: <Moment atMs={preview.asOfMs} never={t('bundlePreview.noNews')} /> },
          {
            label: t('bundlePreview.brings'),
            value: t('bundlePreview.counts', { applied: format.number(applied), skipped: format.number(skipped) }),
          },
          {
            label: t('bundlePreview.findings'),
            value: t(now === null ? 'bundlePreview.after' : 'bundlePreview.afterNow', {
              after: format.number(findings),
              now: format.number(now ?? 0),
            }),
          },
        ]}
      />
      <Kinds preview={preview} />
      <Troubles preview={preview} />
    </>
  );
}

type PanelProps = Readonly<{ seen: Seen; isBusy: boolean; onApply: () => void; onClose: () => void }>;

const isWorthTaking = (preview: BundlePreview): boolean => preview.quarantined === null || mayBeCleared(preview.quarantined.code);

/** What taking it in would do; nothing has been done yet. */
export function PreviewPanel({ seen, isBusy, onApply, onClose }: PanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRef<HTMLFieldSetElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  const previews = seen.of === 'file' ? [seen.preview] : seen.previews;
  const canApply = previews.some(isWorthTaking);
  const onlyWaits = previews.every(({ quarantined, missingParts }) => quarantined !== null || missingParts.length > 0);
  return (
    <div className={classes.preview}>
      <Panel
        title={t('bundlePreview.title', { file: seen.file.name })}
        aside={<span className="soft">{t('bundlePreview.nothingYet')}</span>}
      >
        {seen.of === 'file' && <OneFile preview={seen.preview} />}
        {seen.of === 'folder' && seen.previews.length === 0 && <p>{t('bundlePreview.emptyFolder')}</p>}
        {seen.of === 'folder' && seen.previews.length > 0 && (
          <>
            <p>{t('bundlePreview.folder', { count: previews.length, shown: format.number(previews.length) })}</p>
            <ul className={classes.files}>
              {seen.previews.map((preview) => (
                <PreviewLine key={preview.name} preview={preview} />
              ))}
            </ul>
          </>
        )}
        <fieldset ref={box} className={classes.plainActions}>
          {canApply && (
            <Button disabled={isBusy} onClick={onApply}>
              {t(seen.of === 'folder' ? 'bundlePreview.takeAll' : onlyWaits ? 'bundlePreview.keep' : 'bundlePreview.take')}
            </Button>
          )}
          <Button variant="default" disabled={isBusy} onClick={onClose}>
            {t(canApply ? 'bundlePreview.leave' : 'bundlePreview.close')}
          </Button>
        </fieldset>
      </Panel>
    </div>
  );
}
