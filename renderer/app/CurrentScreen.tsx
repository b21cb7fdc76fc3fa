import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckScreen } from '../screens/checks/CheckScreen.tsx';
import { ImportScreen } from '../screens/import/ImportScreen.tsx';
import { LifeScreen } from '../screens/life/LifeScreen.tsx';
import { LotScreen } from '../screens/lot/LotScreen.tsx';
import { PostScreen } from '../screens/movements/PostScreen.tsx';
import { PlacesScreen } from '../screens/places/PlacesScreen.tsx';
import { RulesScreen } from '../screens/rules/RulesScreen.tsx';
import { StockScreen } from '../screens/stock/StockScreen.tsx';
import { SyncScreen } from '../screens/sync/SyncScreen.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { type Address, useAddress } from './router.ts';

/** The charts are the heaviest part of the program, so they are loaded when they are asked for. */
const ClimateScreen = lazy(() => import('../screens/climate/ClimateScreen.tsx').then((module) => ({ default: module.ClimateScreen })));
const SurplusScreen = lazy(() => import('../screens/surplus/SurplusScreen.tsx').then((module) => ({ default: module.SurplusScreen })));

function ScreenAt({ address: { screen, query } }: { address: Address }) {
  switch (screen) {
    case 'stock':
      return <StockScreen query={query} />;
    case 'lot':
      return <LotScreen key={`${query.site} ${query.lot}`} site={query.site ?? ''} lotId={query.lot ?? ''} />;
    case 'places':
      return <PlacesScreen query={query} />;
    case 'post':
      return <PostScreen key={JSON.stringify(query)} prefill={query} />;
    case 'checks':
      return <CheckScreen query={query} />;
    case 'rules':
      return <RulesScreen query={query} />;
    case 'life':
      return <LifeScreen />;
    case 'climate':
      return <ClimateScreen query={query} />;
    case 'surplus':
      return <SurplusScreen chosenItem={query.item ?? null} />;
    case 'sync':
      return <SyncScreen query={query} />;
    case 'import':
      return <ImportScreen />;
  }
}

export function CurrentScreen({ site }: { site: string }) {
  const { t } = useTranslation();
  const address = useAddress();
  const main = useRef<HTMLElement>(null);
  const { screen } = address;
  useEffect(() => {
    document.title = `${t(`screen.${screen}`)} · ${site} · ${t('app.name')}`;
    // A screen that has no field of its own to start in starts at its top, so that Tab goes on from there.
    if (!main.current?.contains(document.activeElement)) main.current?.focus();
  }, [screen, site, t]);
  return (
    <main ref={main} tabIndex={-1} id="main" style={{ minBlockSize: 0, outline: 'none' }}>
      <ErrorBoundary key={screen}>
        <Suspense fallback={null}>
          <ScreenAt address={address} />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}
