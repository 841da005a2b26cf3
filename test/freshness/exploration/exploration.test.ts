import { test } from 'vitest';
import { explore } from './explore.ts';
import { createModel } from './model.ts';
import { PRODUCTION } from './rules.ts';

test('try', () => {
  for (const readers of [1, 2]) {
    const t = Date.now();
    const e = explore(createModel(PRODUCTION, readers), Number(process.env.MODEL_STATES ?? 200_000));
    console.log(readers, e, Date.now() - t);
  }
}, 600_000);
