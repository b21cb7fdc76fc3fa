import { useTranslation } from 'react-i18next';
import type { LicenceView, RegisterRow } from '../../../shared/contract/siteViews.ts';
import { NEQ_LICENSED_MAX_KG } from '../../../shared/rules/distance/required.ts';
import type { Fact } from '../../components/Facts.tsx';
import layout from '../../components/layout.module.css';
import { SeverityShape } from '../../components/Severity.tsx';
import { useFormat } from '../../format/format.ts';
import { useFunctionWords } from '../../format/functionWords.ts';
import { useSentences } from '../../format/sentence.ts';
import { Paper, PaperPart, Signatures } from '../print/Paper.tsx';
import paper from '../print/paper.module.css';
import { LapsedLimits } from './LapsedLimits.tsx';
import { LicenceBasisPart } from './LicenceBasisPart.tsx';
import { changesSinceIssue, paperLimits } from './licencePaperView.ts';
import { SiteDrawing } from './SiteDrawing.tsx';

const SURROUNDINGS_MAX = 20;

function useLimitWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    limit: (kg: number | null): string =>
      kg === null ? t('places.noLimit', { most: format.number(NEQ_LICENSED_MAX_KG) }) : `${format.number(kg)} kg`,
    metres: (value: number | null): string => (value === null ? '' : `${format.number(value)} m`),
  };
}

function Limits({ view }: { view: LicenceView }) {
  const { t } = useTranslation();
  const words = useLimitWords();
  const functionWords = useFunctionWords();
  const inForce = (division: string) => view.set.find((each) => division.startsWith(each.division))?.limitKg;
  return (
    <table>
      <thead>
        <tr>
          <th>{t('places.division')}</th>
          <th className="number">{t('paper.limit')}</th>
          <th className="number">{t('places.inForce')}</th>
          <th>{t('places.governs')}</th>
          <th className="number">{t('places.actual')}</th>
          <th className="number">{t('places.moreNeeds')}</th>
          <th>{t('places.function')}</th>
          <th>{t('paper.row')}</th>
        </tr>
      </thead>
      <tbody>
        {paperLimits(view).map((line) => (
          <tr key={line.division}>
            <th>{line.division}</th>
            <td className="number">{words.limit(line.limitKg)}</td>
            <td className="number">
              {inForce(line.division) === undefined ? t('places.notSet') : words.limit(inForce(line.division) ?? 0)}
            </td>
            <td>
              <bdi>{line.exposedName ?? ''}</bdi>
            </td>
            <td className="number">{words.metres(line.actualM)}</td>
            <td className="number">{words.metres(line.requiredM)}</td>
            <td className={paper.unbroken}>{functionWords(line.functionId)}</td>
            <td>
              {line.source ?? (line.exposed === null ? '' : t('paper.rowOfIssue'))}
              {line.status === 'unverified' && <span className={paper.unverified}> ({t('ruleStatus.unverified')})</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What lies around and how far, the nearest first: what the drawing shows, to be read. */
function Surroundings({ view, register }: { view: LicenceView; register: readonly RegisterRow[] }) {
  const { t } = useTranslation();
  const words = useLimitWords();
  const governing = new Set(view.limits?.map(({ exposed }) => exposed));
  const drawn = { ...view, limits: [...(view.limits ?? []), ...paperLimits(view)] }; // what governed at the issue, too
  const near = view.surroundings.filter((each, index) => index < SURROUNDINGS_MAX || governing.has(each.target));
  return (
    <>
      <PaperPart title={t('paper.map')} isWhole>
        <SiteDrawing view={drawn} register={register} />
      </PaperPart>
      <PaperPart title={t('paper.around')} note={t('paper.aroundNote', { shown: near.length, count: view.surroundings.length })}>
        <table>
          <thead>
            <tr>
              <th>{t('places.exposed')}</th>
              <th>{t('paper.kind')}</th>
              <th className="number">{t('places.actual')}</th>
              <th>{t('paper.governsDivisions')}</th>
            </tr>
          </thead>
          <tbody>
            {near.map((each) => (
              <tr key={`${each.isStore} ${each.target}`}>
                <td>
                  <bdi>{each.name}</bdi>
                </td>
                <td>{each.isStore ? t('paper.store') : each.kind === null ? t('value.unknown') : t(`exposedKind.${each.kind}`)}</td>
                <td className="number">{words.metres(each.actualM)}</td>
                <td>
                  {(view.limits ?? [])
                    .filter(({ exposed }) => exposed === each.target)
                    .map(({ division }) => division)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </PaperPart>
    </>
  );
}

/** What speaks against it on the day of printing: other surroundings than at the issue, and findings. */
function Against({ view }: { view: LicenceView }) {
  const { t } = useTranslation();
  const words = useLimitWords();
  const sentences = useSentences();
  const changes = changesSinceIssue(view);
  return (
    <PaperPart title={t('paper.today')}>
      {changes.length === 0 && view.findings.length === 0 && <p>{t('places.noFindings')}</p>}
      {changes.length > 0 && (
        <ul className={layout.plainList}>
          {changes.map(({ division, issuedKg, todayKg, isLess, isUnknown }) => (
            <li key={division}>
              {t(isUnknown ? 'paper.positionUnknown' : isLess ? 'paper.allowsLess' : 'paper.allowsMore', {
                division,
                issued: words.limit(issuedKg),
                today: words.limit(todayKg),
              })}
            </li>
          ))}
        </ul>
      )}
      {view.findings.length > 0 && (
        <ul className={layout.plainList}>
          {view.findings.map((finding) => (
            <li key={`${finding.rule} ${finding.facts.exposed}`}>
              <SeverityShape mark={finding.severity} /> {sentences.finding({ ...finding })}{' '}
              <span className="soft">{`${finding.source}${finding.status === 'unverified' ? `, ${t('ruleStatus.unverified')}` : ''}`}</span>
            </li>
          ))}
        </ul>
      )}
    </PaperPart>
  );
}

function useHeadFacts(view: LicenceView): readonly Fact[] {
  const { t } = useTranslation();
  const format = useFormat();
  const [issued] = view.documents;
  const { structure } = view;
  return [
    { label: t('paper.place'), value: <bdi>{`${view.place} ${view.name}`}</bdi> },
    { label: t('issueLicence.number'), value: issued?.number ?? t('places.noDocument') },
    ...(issued === undefined
      ? []
      : [
          { label: t('issueLicence.authority'), value: <bdi>{issued.authority}</bdi> },
          { label: t('issueLicence.issuedOn'), value: format.date(issued.issuedOn) },
          { label: t('issueLicence.reviewOn'), value: format.date(issued.reviewOn) },
        ]),
    { label: t('paper.rules'), value: issued ? `${issued.pack} · ${issued.edition}` : `${view.pack} · ${view.edition}` },
    {
      label: t('places.construction'),
      value: structure?.construction ? t(`construction.${structure.construction}`) : t('value.unknown'),
    },
    {
      label: t('places.barricaded'),
      value: structure?.isBarricaded == null ? t('value.unknown') : t(structure.isBarricaded ? 'places.yes' : 'places.no'),
    },
    {
      label: t('places.front'),
      value:
        structure?.frontMdeg == null ? t('value.unknown') : t('places.degrees', { degrees: format.number(structure.frontMdeg / 1000) }),
    },
  ];
}

type Props = Readonly<{ view: LicenceView; register: readonly RegisterRow[]; marking: string; printedAtMs: number }>;

/** The explosives limit licence of one storehouse, to be signed and kept; without a document, what could be issued today. */
export function LicencePaper({ view, register, marking, printedAtMs }: Props) {
  const { t } = useTranslation();
  const facts = useHeadFacts(view);
  const [issued] = view.documents;
  const subject = issued ? t('paper.licenceSubject', { place: view.place, number: issued.number }) : view.place;
  return (
    <Paper title={t('paper.licence')} subject={subject} facts={facts} marking={marking} printedAtMs={printedAtMs}>
      {issued === undefined && <p className={paper.warning}>{t('paper.notIssued')}</p>}
      <PaperPart title={t('paper.limits')} note={t('paper.limitsNote')}>
        <LapsedLimits lapsed={view.lapsed} />
        {view.limits === null && issued === undefined ? <p>{t('places.noPosition')}</p> : <Limits view={view} />}
      </PaperPart>
      <LicenceBasisPart basis={view.basis} />
      {view.shape !== null && <Surroundings view={view} register={register} />}
      <Against view={view} />
      <PaperPart title={t('paper.signatures')} isWhole>
        <Signatures
          roles={[
            { role: t('paper.issuedBy'), name: issued?.person ?? '' },
            { role: t('paper.second'), name: issued?.second ?? '' },
          ]}
        />
        <p className={paper.note}>{t('paper.unverifiedNote')}</p>
      </PaperPart>
    </Paper>
  );
}
