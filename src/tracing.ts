import { type Attributes, ProxyTracerProvider, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** What there is until somebody registers a provider. */
const nobody = new ProxyTracerProvider().getDelegate();

export interface SpanAbout<T> {
  readonly attributes?: Attributes;
  /** Of something that is asked of another server. */
  readonly isClient?: boolean;
  /** What the result adds. Nothing personal: spans are kept by others. */
  readonly outcome?: (result: T) => Attributes;
}

/**
 * Does the work in a span of OpenTelemetry, where the application has registered a provider; otherwise it just does
 * the work, for the price of a look (20 ns).
 */
export function traced<T>(name: string, about: SpanAbout<T>, work: () => Promise<T>): Promise<T> {
  return isTraced() ? inSpan(name, about, work) : work();
}

function isTraced(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== nobody;
}

function inSpan<T>(
  name: string,
  { attributes = {}, isClient = false, outcome }: SpanAbout<T>,
  work: () => Promise<T>,
): Promise<T> {
  const kind = isClient ? SpanKind.CLIENT : SpanKind.INTERNAL;
  return trace.getTracer('freshchair').startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      const result = await work();
      if (outcome !== undefined && span.isRecording()) span.setAttributes(outcome(result));
      return result;
    } catch (error) {
      // Messages may quote what somebody wrote: the kind of error has to do.
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
