import { useEffect, useState } from 'preact/hooks';

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];
/** Words of a part of the pages in every language, each under the same name. */
export type Catalogue<Words> = Readonly<Record<Language, Words>>;

const KEPT_AS = 'freshchair.language';
const listeners = new Set<() => void>();
let current = firstLanguage();

/** What the visitor chose before, else the first of the browser's languages that there is. */
function firstLanguage(): Language {
  const wanted = [read(), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === wanted.find((tag) => isLanguage(tag))) ?? 'en';
}

function isLanguage(tag: string | undefined): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

/** Storage can be forbidden. */
function read(): string | undefined {
  try {
    return localStorage.getItem(KEPT_AS) ?? undefined;
  } catch {
    return undefined;
  }
}

export function chooseLanguage(language: Language): void {
  current = language;
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // Then for this page alone.
  }
  for (const listener of listeners) listener();
}

/** The language of the page; whoever asks is drawn again when it changes. */
export function useLanguage(): Language {
  const [language, set] = useState(current);
  useEffect(() => {
    const listener = () => set(current);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return language;
}

export function useWords<Words>(catalogue: Catalogue<Words>): Words {
  return catalogue[useLanguage()];
}
