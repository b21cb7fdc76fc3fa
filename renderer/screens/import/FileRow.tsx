import { Button, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChosenFile } from '../../../shared/contract/views.ts';
import { Icon } from '../../components/Icon.tsx';
import layout from '../../components/layout.module.css';
import { HeaderMapping } from './HeaderMapping.tsx';
import classes from './import.module.css';
import { columnsOf, type ImportKind } from './importView.ts';

type Headers = Readonly<Record<string, string>>;
type FileRowProps = Readonly<{
  kind: ImportKind;
  file: ChosenFile | null;
  onFile: (file: ChosenFile | null) => void;
  headers: Headers;
  onHeaders: (headers: Headers) => void;
}>;

export function FileRow({ kind, file, onFile, headers, onHeaders }: FileRowProps) {
  const { t } = useTranslation();
  const [isMapping, setMapping] = useState(false);
  const choose = async () => {
    const chosen = await globalThis.depot.chooseFile('importCsv');
    if (chosen) onFile(chosen);
  };
  const mapped = Object.values(headers).filter((header) => header.trim() !== '').length;
  return (
    <>
      <tr>
        <th scope="row" className={classes.kind}>
          {t(`importKind.${kind}`)}
        </th>
        <td className={classes.file}>
          <div className={layout.buttons}>
            <Button
              variant="default"
              leftSection={<Icon name="file" />}
              aria-label={t('import.chooseOf', { kind: t(`importKind.${kind}`) })}
              onClick={() => void choose()}
            >
              {t('import.choose')}
            </Button>
            {file ? <bdi>{file.name}</bdi> : <span className="soft">{t('import.noFile')}</span>}
            {file && <CloseButton aria-label={t('import.without', { file: file.name })} onClick={() => onFile(null)} />}
          </div>
        </td>
        <td>
          <div className={layout.buttons}>
            {file && (
              <Button variant="default" size="compact-sm" aria-expanded={isMapping} onClick={() => setMapping(!isMapping)}>
                {t(mapped > 0 ? 'import.mapped' : 'import.map', { count: mapped })}
              </Button>
            )}
            {!file && <span className={classes.columns}>{columnsOf[kind].join(', ')}</span>}
          </div>
        </td>
      </tr>
      {file && isMapping && (
        <tr>
          <td colSpan={3}>
            <HeaderMapping kind={kind} headers={headers} onHeaders={onHeaders} />
          </td>
        </tr>
      )}
    </>
  );
}
