import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpProbe } from '../probe.ts';
import { withDeadline, type Session } from '../session.ts';
import type { Aim } from './aim.ts';
import { connectTo } from './connect.ts';
import { encodeHttpRequest, readHttpResponse, type HttpResponse } from './http-message.ts';
import { failedStep, startRecording } from './record.ts';
import { requestTimeoutMs } from './timeouts.ts';

export interface HttpAim extends Aim {
  method: 'GET' | 'POST';
  path: string;
  /** Body that an untouched answer has; null when it is not known. */
  knownBody: string | null;
}

const bodyMax = 16 * 1024;

/** One plain HTTP request, redirects not followed: a censor's or portal's page shows in status, Location, title or body. */
export async function probeHttp(session: Session, aim: HttpAim): Promise<HttpProbe> {
  const recording = startRecording(session, aim);
  const outcome = await request(session, aim, recording.begun);
  return recording.finish((draft) => ({ kind: 'http', ...draft, path: aim.path, outcome }));
}

async function request(session: Session, aim: HttpAim, begun: () => void): Promise<HttpProbe['outcome']> {
  const open = await connectTo(session, aim, begun);
  if ('kind' in open) return open;
  const { stream, release } = open;
  try {
    const headers = { Accept: '*/*', Connection: 'close' };
    stream.write(encodeHttpRequest({ method: aim.method, host: aim.target, path: aim.path, headers, bodyMax }));
    const response = readHttpResponse(stream, bodyMax);
    const done = await withDeadline(session, requestTimeoutMs(session), aim.signal, () => stream.close(), response);
    return { kind: 'answered', ...summarise(done, aim.knownBody) };
  } catch (error) {
    return failedStep('http_round_trip', error);
  } finally {
    release();
  }
}

function summarise({ status, headers, body }: HttpResponse, knownBody: string | null): HttpAnswer {
  const text = new TextDecoder('utf-8').decode(body);
  const title = /<title[^>]*>([^<]{0,120})/i.exec(text)?.[1]?.trim();
  return {
    status,
    redirectHost: hostOf(headers.get('location')),
    title: title === undefined || title === '' ? null : title.replace(/[\p{Cc}\p{Cf}]/gu, ' '),
    bodyHash: createHash('sha256').update(body).digest('hex'),
    bodyBytes: body.length,
    bodyAsKnown: knownBody === null ? null : text.trim() === knownBody,
  };
}

/** Null for a missing Location and for one that stays on the same host. */
function hostOf(location: string | undefined): string | null {
  if (location === undefined) return null;
  try {
    return new URL(location).hostname;
  } catch {
    return null;
  }
}
