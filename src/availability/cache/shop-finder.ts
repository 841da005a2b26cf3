import type { MaybePromise, ShopSource } from '../source.ts';

/** Remembers which shop a slug means: slugs never change. That there is none is not remembered. */
export interface ShopFinder {
  find(slug?: string): MaybePromise<number | undefined>;
  forget(): void;
}

export function createShopFinder(source: Pick<ShopSource, 'find'>): ShopFinder {
  const found = new Map<string | undefined, number>();
  const finding = new Map<string | undefined, Promise<number | undefined>>();

  async function look(slug: string | undefined): Promise<number | undefined> {
    try {
      const id = await source.find(slug);
      if (id !== undefined) found.set(slug, id);
      return id;
    } finally {
      finding.delete(slug);
    }
  }

  return {
    find(slug) {
      const id = found.get(slug);
      if (id !== undefined) return id;
      let search = finding.get(slug);
      if (search === undefined) {
        search = look(slug);
        finding.set(slug, search);
      }
      return search;
    },
    forget: () => found.clear(),
  };
}
