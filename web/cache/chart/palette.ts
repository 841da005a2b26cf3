import { useEffect, useState } from 'preact/hooks';

/** What a custom property is now: `light-dark()` is only resolved where it is used as a colour. */
export function colourOf(host: HTMLElement, property: `--${string}`): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** A number that changes when the device or the visitor chooses light or dark: what is painted is to be painted anew. */
export function useAppearance(): number {
  const [round, set] = useState(0);
  useEffect(() => {
    const changed = () => set((n) => n + 1);
    const device = matchMedia('(prefers-color-scheme: dark)');
    device.addEventListener('change', changed);
    const chosen = new MutationObserver(changed);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      device.removeEventListener('change', changed);
      chosen.disconnect();
    };
  }, []);
  return round;
}
