import { createHash } from 'node:crypto';

/** The text of an answer about availability. */
export interface AnswerText {
  /** A weak one: `as_of`, which moves on several times a second, is not part of it. */
  readonly etag: string;
  /** With this `as_of` (epoch ms): the very string of before while it is the same, as copying it is what costs. */
  bodyAsOf(asOf: number): string;
}

/** Writes a body that has no `as_of` yet. */
export function textOf(answer: object): AnswerText {
  const json = JSON.stringify(answer);
  const etag = `W/"${createHash('sha1').update(json).digest('base64url')}"`;
  let [body, bodyIsOf] = ['', Number.NaN];
  return {
    etag,
    bodyAsOf(asOf) {
      if (asOf !== bodyIsOf) body = `${json.slice(0, -1)},"as_of":"${new Date(asOf).toISOString()}"}`;
      bodyIsOf = asOf;
      return body;
    },
  };
}
