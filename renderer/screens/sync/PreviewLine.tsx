import { useTranslation } from 'react-i18next';
import type { PreviewedFile } from '../../../shared/contract/views.ts';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';

function useWhatItDoes({ from, quarantined, missingParts, applied, conflicts }: PreviewedFile): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (missingParts.length > 0) return t('bundlePreview.part', { parts: format.number(missingParts.length + 1) });
  if (quarantined?.code === 'E_GAP') return t('bundlePreview.lineGap');
  if (quarantined !== null) return t(`bundle.${quarantined.code}.why`);
  const brings = t('bundlePreview.line', { site: from?.site ?? '', count: applied, shown: format.number(applied) });
  return conflicts.length === 0
    ? brings
    : `${brings} ${t('bundlePreview.conflicts', { count: conflicts.length, shown: format.number(conflicts.length) })}`;
}

/** One file of a folder in a line. */
export function PreviewLine({ preview }: { preview: PreviewedFile }) {
  const says = useWhatItDoes(preview);
  const waits = preview.quarantined !== null;
  return (
    <li>
      <SeverityShape mark={waits ? 'warn' : preview.missingParts.length > 0 ? 'info' : 'done'} /> <bdi className="code">{preview.name}</bdi>{' '}
      {says}
    </li>
  );
}
