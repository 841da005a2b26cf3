import { everything } from '../../api/client.ts';
import { type Resource, useResource } from '../../api/resource.ts';
import type { Language } from '../../words/language.ts';
import { useScope } from '../frame/scope.ts';
import type { Place } from '../wire.ts';

const PATH = '/api/v2/admin/holidays/places';

/** Where holidays are known, one level below; no value until it is known. */
export function usePlaces(
  level: string | undefined,
  above: { country?: string; state?: string },
): Resource<Place[]> {
  const { slug } = useScope();
  const query = { shop: slug, ...above };
  const found = useResource(level === undefined ? undefined : `${level} ${JSON.stringify(query)}`, (signal) =>
    everything<Place>(PATH, { query, signal }),
  );
  return { ...found, value: found.current && level !== undefined ? found.value : undefined };
}

/** Countries by their names in the language of the page, in its order. */
export function named(countries: readonly Place[], language: Language): readonly Place[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const nameOf = ({ code, name }: Place) => (/^[A-Z]{2}$/.test(code) ? names.of(code) : undefined) ?? name;
  const order = new Intl.Collator(language);
  return countries
    .map((place) => ({ code: place.code, name: nameOf(place) }))
    .sort((a, b) => order.compare(a.name, b.name));
}

/** What the browser is set to, where it says: a country, or a part of the world, as `419` of `es-419`. */
export function likelyCountry(): string {
  return new Intl.Locale(navigator.language).maximize().region ?? '';
}
