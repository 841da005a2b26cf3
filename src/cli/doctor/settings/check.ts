import { type Config, ConfigError, SETTINGS } from '../../../config.ts';
import { type Environment, readEnvironment } from '../../environment.ts';
import { type Judgement, problem } from '../finding.ts';
import { judgeSettings } from './judge.ts';
import { judgeNames } from './names.ts';

/** Read by the command line alone. */
const OTHERS = ['FRESHCHAIR_URL', 'FRESHCHAIR_API_KEY'];

export interface CheckedSettings {
  readonly found: readonly Judgement[];
  /** Undefined where they are wrong. */
  readonly config: Config | undefined;
}

/** The settings as every command reads them; every fault at once. */
export function checkSettings(
  read: () => Environment = readEnvironment,
  env: Readonly<Record<string, string | undefined>> = process.env,
): CheckedSettings {
  try {
    const { config } = read();
    const names = [...Object.keys(SETTINGS.properties), ...OTHERS];
    return { config, found: [...judgeNames(Object.keys(env), names), ...judgeSettings(config)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [, ...faults] = error.message.split('\n');
    return { config: undefined, found: faults.map(faultOf) };
  }
}

/** `  PORT: "http" should be …` */
function faultOf(line: string): Judgement {
  const [name = '', ...message] = line.trim().split(': ');
  return problem(name, message.join(': '), `Correct ${name}: docs/configuration.md says more.`);
}
