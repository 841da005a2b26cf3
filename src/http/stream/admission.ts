export interface StreamLimits {
  /** Streams open at once in this process; each holds a socket and about 20 kB. */
  readonly total: number;
  /** Of them, those of one visitor. */
  readonly perVisitor: number;
}

/** Who may open a stream. */
export interface Admission {
  /** Counts a stream of this visitor; returns how to give its place back, or undefined where there is none. */
  enter(visitor: string): (() => void) | undefined;
  readonly open: number;
}

export function createAdmission({ total, perVisitor }: StreamLimits): Admission {
  const visitors = new Map<string, number>();
  let open = 0;
  return {
    enter(visitor) {
      const theirs = visitors.get(visitor) ?? 0;
      if (open >= total || theirs >= perVisitor) return undefined;
      visitors.set(visitor, theirs + 1);
      open += 1;
      return () => {
        const left = (visitors.get(visitor) ?? 1) - 1;
        if (left > 0) visitors.set(visitor, left);
        else visitors.delete(visitor);
        open -= 1;
      };
    },
    get open() {
      return open;
    },
  };
}
