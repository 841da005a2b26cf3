import type { Socket } from 'node:net';
import { PROBLEM_TYPE, type Problem, problem } from './problem.ts';

/** Answers what was not HTTP enough to become a request; https://nodejs.org/api/http.html#event-clienterror */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  cacheAvailable: boolean,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const answer = problemOfClientError(error.code);
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${answer.status} ${answer.title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Cache-Status: ${cacheAvailable ? 'available' : 'unavailable'}`,
    'X-Response-Time: 0.00',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function problemOfClientError(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return problem('request_timeout', 'The request took too long to arrive.');
  if (code === 'HPE_HEADER_OVERFLOW') return problem('headers_too_large', 'The headers are too large.');
  return problem('bad_request', 'The request is malformed.');
}
