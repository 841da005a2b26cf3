import { useState } from 'preact/hooks';

export const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEPT_AS = 'freshchair.theme';
let current: Theme = 'auto';
let redraw = () => {};

/** Before anything is drawn. */
export function restoreTheme(): void {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    current = THEMES.find((theme) => theme === kept) ?? 'auto';
  } catch {
    // Storage can be forbidden.
  }
  show();
}

export function chooseTheme(theme: Theme): void {
  current = theme;
  try {
    localStorage.setItem(KEPT_AS, theme);
  } catch {
    // Then for this page alone.
  }
  show();
  redraw();
}

export function useTheme(): Theme {
  const [theme, set] = useState(current);
  redraw = () => set(current);
  return theme;
}

function show(): void {
  if (current === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = current;
}
