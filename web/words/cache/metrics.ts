import type { Catalogue } from '../language.ts';

export interface MetricWords {
  readonly name: string;
  /** What it measures, in a sentence. */
  readonly means: string;
  /** What to do about it, where the server's own sentence is in another language. */
  readonly advice?: { readonly warning: string; readonly critical: string };
}

const REDIS_IN_SPANISH =
  'Comprueba que Redis funciona y responde en REDIS_URL (redis-cli PING), y que Postgres responde en DATABASE_URL. El servidor lo vuelve a intentar solo, dos veces por segundo.';

/** Of each metric of the health, by the name that it has there. */
export const metricWords: Catalogue<Readonly<Record<string, MetricWords>>> = {
  en: {
    availability: {
      name: 'Usable',
      means: 'Part of the last five minutes in which the cache could be used.',
    },
    response_time_ms: { name: 'Response time', means: 'How long the cache takes to answer.' },
    memory_usage_mb: { name: 'Memory', means: 'What the cached values take, of what they may.' },
    connected_clients: { name: 'Connections', means: 'Programs connected to Redis, whichever they are.' },
    hit_rate: { name: 'Hit rate', means: 'Values read lately that were there already.' },
    cache_operations: { name: 'Write, read, delete', means: 'Tried on a key of its own just now.' },
    expiration_health: { name: 'Expiry', means: 'Keys that go by themselves, within a day.' },
    error_rate: { name: 'Failed commands', means: 'Part of the commands to Redis that failed lately.' },
    invalidation_lag_ms: {
      name: 'Delay of changes',
      means: 'Until a change made on another server is known here, for 99 of 100.',
    },
    feed: { name: 'Change feed', means: 'Time since this server last asked Postgres what has changed.' },
    drift: {
      name: 'Deviations',
      means: 'Cached values that differed from Postgres in 24 hours. There must be none.',
    },
  },
  es: {
    availability: {
      name: 'Disponible',
      means: 'Parte de los últimos cinco minutos en que se pudo usar la caché.',
      advice: {
        warning: 'Ya se puede usar. El registro del servidor dice cuándo no se pudo y por qué.',
        critical: REDIS_IN_SPANISH,
      },
    },
    response_time_ms: {
      name: 'Tiempo de respuesta',
      means: 'Cuánto tarda la caché en responder.',
      advice: {
        warning: 'Busca qué ocupa a Redis (SLOWLOG GET 10, LATENCY LATEST) o a la red.',
        critical:
          'Busca qué ocupa a Redis (SLOWLOG GET 10, LATENCY LATEST) o a la red; debe estar cerca del servidor.',
      },
    },
    memory_usage_mb: {
      name: 'Memoria',
      means: 'Lo que ocupan los valores guardados, de lo que pueden ocupar.',
      advice: {
        warning:
          'Ponle un límite y deja que haga sitio: CONFIG SET maxmemory 512mb y CONFIG SET maxmemory-policy allkeys-lru.',
        critical:
          'Redis se llena: CONFIG SET maxmemory-policy allkeys-lru le deja hacer sitio; CONFIG SET maxmemory le da más.',
      },
    },
    connected_clients: {
      name: 'Conexiones',
      means: 'Programas conectados a Redis, sean cuales sean.',
      advice: {
        warning: 'CLIENT LIST muestra quién las tiene; CONFIG SET timeout 300 cierra las que no se usan.',
        critical:
          'CLIENT LIST muestra quién las tiene; CONFIG SET timeout 300 cierra las que no se usan y CONFIG SET maxclients permite más.',
      },
    },
    hit_rate: {
      name: 'Aciertos',
      means: 'Valores leídos hace poco que ya estaban guardados.',
      advice: {
        warning:
          'Mira abajo por qué se falla más: una precarga, una duración mayor o más memoria lo mejoran.',
        critical:
          'Mira abajo por qué se falla más: una precarga, una duración mayor o más memoria lo mejoran.',
      },
    },
    cache_operations: {
      name: 'Escribir, leer y borrar',
      means: 'Probado ahora mismo con una clave propia.',
      advice: {
        warning:
          'Redis rechaza algo: puede estar lleno (maxmemory-policy), ser una réplica (REDIS_URL) o no dar permiso (ACL SETUSER).',
        critical: REDIS_IN_SPANISH,
      },
    },
    expiration_health: {
      name: 'Caducidad',
      means: 'Claves que desaparecen solas, en un día como mucho.',
      advice: {
        warning: 'Busca un programa que use PERSIST o copie claves; borra esas claves, se cargan de nuevo.',
        critical: 'Busca un programa que use PERSIST o copie claves; borra esas claves, se cargan de nuevo.',
      },
    },
    error_rate: {
      name: 'Órdenes fallidas',
      means: 'Parte de las órdenes a Redis que fallaron hace poco.',
      advice: {
        warning:
          'Comprueba si Redis está ocupado, si se reinicia o si corta conexiones; el registro dice qué respondió.',
        critical:
          'Comprueba si Redis está ocupado, si se reinicia o si corta conexiones; el registro dice qué respondió.',
      },
    },
    invalidation_lag_ms: {
      name: 'Retraso de los cambios',
      means: 'Hasta que aquí se conoce un cambio hecho en otro servidor, en 99 de 100 casos.',
      advice: {
        warning:
          'Comprueba que a Postgres y a este servidor no les falte CPU y que la red entre ellos sea rápida.',
        critical:
          'Comprueba que a Postgres y a este servidor no les falte CPU y que la red entre ellos sea rápida.',
      },
    },
    feed: {
      name: 'Aviso de cambios',
      means: 'Tiempo desde que este servidor preguntó a Postgres qué ha cambiado.',
      advice: {
        warning:
          'Comprueba que max_connections deje dos conexiones por servidor y que NOTIFY no pase por un pooler.',
        critical:
          'Comprueba que Postgres funciona, que DATABASE_URL lleva al primario y que max_connections deja dos conexiones por servidor.',
      },
    },
    drift: {
      name: 'Desviaciones',
      means: 'Valores guardados que no coincidían con Postgres en 24 horas. No debe haber ninguno.',
      advice: {
        warning:
          'Ya se corrigieron. Mira ambos valores en el registro y comprueba que nadie haya desactivado los triggers.',
        critical:
          'Ya se corrigieron. Mira ambos valores en el registro y comprueba que nadie haya desactivado los triggers.',
      },
    },
  },
};
