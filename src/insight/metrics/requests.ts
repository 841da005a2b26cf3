import { Histogram, type Registry } from 'prom-client';

/** How long requests took, by route. */
export interface RequestTimes {
  /** `route` is its pattern, never the URL: what people ask for is nobody's business, and has no end. */
  observe(method: string, route: string | undefined, statusCode: number, ms: number): void;
}

/** Seconds: a hot read takes a twentieth of a millisecond, a booking ten. */
const BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
/** By the first digit. */
const CLASSES = ['', '1xx', '2xx', '3xx', '4xx', '5xx'];

export function createRequestTimes(registry: Registry): RequestTimes {
  const histogram = new Histogram({
    name: 'freshchair_http_request_seconds',
    help: 'Requests by method, route and class of status; a live stream counts when it ends',
    labelNames: ['method', 'route', 'status'],
    buckets: BOUNDS,
    registers: [registry],
  });
  return {
    observe(method, route = 'none', statusCode, ms) {
      const status = CLASSES[Math.trunc(statusCode / 100)] ?? '';
      histogram.observe({ method, route, status }, ms / 1_000);
    },
  };
}
