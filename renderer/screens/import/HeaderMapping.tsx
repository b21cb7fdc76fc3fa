import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './import.module.css';
import { columnsOf, type ImportKind } from './importView.ts';

type Headers = Readonly<Record<string, string>>;

/** Only needed where the file names its columns otherwise: our name above, the header of the file in the field. */
export function HeaderMapping({ kind, headers, onHeaders }: { kind: ImportKind; headers: Headers; onHeaders: (headers: Headers) => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <p className="soft">{t('import.mapHint')}</p>
      <div className={classes.mapping}>
        {columnsOf[kind].map((column) => (
          <TextInput
            key={column}
            label={column}
            placeholder={column}
            value={headers[column] ?? ''}
            onChange={(event) => onHeaders({ ...headers, [column]: event.currentTarget.value })}
          />
        ))}
      </div>
    </div>
  );
}
