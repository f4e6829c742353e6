import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { createStamper } from '../../check/packet/wireguard-stamp.ts';
import type { ProbeNet, SocketFailure } from './net.ts';

const failures: Record<string, SocketFailure> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ENETUNREACH: 'no-route',
  EHOSTUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  EAFNOSUPPORT: 'no-route',
  EPERM: 'denied',
  EACCES: 'denied',
  ETIMEDOUT: 'timeout',
};

const nameFailure = (error: NodeJS.ErrnoException): SocketFailure => failures[error.code ?? ''] ?? 'other';

const datagram: ProbeNet['datagram'] = ({ address, port }, on) => {
  const socket = createSocket({
    type: isIPv6(address) ? 'udp6' : 'udp4',
    // The address is one already; Node would go through the system's resolver otherwise.
    lookup: (host, _options, done) => {
      done(null, host, isIPv6(host) ? 6 : 4);
    },
  });
  const waiting: Uint8Array[] = [];
  let state: 'connecting' | 'open' | 'closed' = 'connecting';
  const failed = (error: Error | null): void => {
    if (error !== null && state !== 'closed') on.failure(nameFailure(error));
  };
  const send = (bytes: Uint8Array): void => {
    socket.send(bytes, failed);
  };
  socket.on('error', failed);
  socket.on('message', (bytes) => {
    if (state !== 'closed') on.message(bytes);
  });
  socket.connect(port, address, (error?: Error) => {
    if (state === 'closed') return;
    if (error !== undefined) {
      failed(error);
      return;
    }
    state = 'open';
    waiting.forEach(send);
  });
  return {
    send: (bytes) => {
      if (state === 'open') send(bytes);
      else waiting.push(bytes);
    },
    close: () => {
      if (state === 'closed') return;
      state = 'closed';
      socket.close();
    },
  };
};

const stream: ProbeNet['stream'] = ({ address, port }, on) => {
  const socket = connect({ host: address, port, noDelay: true });
  let closed = false;
  const unlessClosed = (call: () => void): void => {
    if (!closed) call();
  };
  socket.on('connect', () => {
    unlessClosed(() => {
      on.open();
    });
  });
  socket.on('data', (bytes) => {
    unlessClosed(() => {
      on.data(bytes);
    });
  });
  socket.on('end', () => {
    unlessClosed(() => {
      on.end();
    });
  });
  socket.on('error', (error) => {
    unlessClosed(() => {
      on.failure(nameFailure(error));
    });
  });
  return {
    write: (bytes) => {
      socket.write(bytes);
    },
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
};

/** The real network. One for the whole program, so that its stamps grow over all probes. */
export const nodeNet: ProbeNet = {
  datagram,
  stream,
  nowMs: () => performance.now(),
  unixMs: () => Date.now(),
  stamp: createStamper(() => Date.now()),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  randomBytes: (size) => randomBytes(size),
};
