import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../resources/locales/en.json';

declare module 'i18next' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can add to the library's own.
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** Sentences come from the locale file only, so that every screen can be translated by exchanging one file. */
export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    returnNull: false,
    // React escapes already; escaping twice would show &amp; in lot texts.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
  document.documentElement.dir = i18next.dir();
}
