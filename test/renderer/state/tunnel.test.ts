import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import { TunnelState } from '../../../renderer/state/tunnel.svelte.ts';
import { createFakeApi } from '../fake-api.ts';
import { comparison, connected, disconnected, failed } from '../samples.ts';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the state of the tunnel', () => {
  it('follows the stages that the app reports and ends connected with the comparison', async () => {
    const stages: (string | null)[] = [];
    const fake = createFakeApi({
      'tunnel.connect': async () => {
        fake.emit('tunnel', { ...disconnected, state: 'connecting', stage: 'handshake' });
        await settled();
        stages.push(tunnel.connection.stage);
        fake.emit('comparison', comparison);
        return connected;
      },
    });
    const tunnel = new TunnelState(fake.api);
    await tunnel.connect('p-1', true);
    expect(stages).toEqual(['handshake']);
    expect(tunnel.connection).toEqual(connected);
    expect(tunnel.comparison).toEqual(comparison);
    expect(fake.calls[0]).toEqual({
      name: 'tunnel.connect',
      args: { profile: 'p-1', killSwitch: true, recheck: true },
    });
    expect(tunnel.work).toBeNull();
  });

  it('shows a connection that failed as the app said it', async () => {
    const tunnel = new TunnelState(createFakeApi({ 'tunnel.connect': () => Promise.resolve(failed) }).api);
    await tunnel.connect('p-1', false);
    expect(tunnel.connection.error?.code).toBe('handshake-silent');
    expect(tunnel.error).toBeNull();
  });

  it('undoes a connection that is cancelled, without calling it an error', async () => {
    const fake = createFakeApi({
      'tunnel.connect': (_args, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new ApiError({ code: 'cancelled', message: 'Stopped.' })));
        }),
    });
    const tunnel = new TunnelState(fake.api);
    const connecting = tunnel.connect('p-1', false);
    await settled();
    expect(tunnel.work).toBe('connecting');
    tunnel.cancel();
    await connecting;
    expect(tunnel.error).toBeNull();
    expect(tunnel.connection.state).toBe('disconnected');
    expect(fake.calls.at(-1)?.name).toBe('tunnel.status');
  });

  it('does one thing at a time', async () => {
    const fake = createFakeApi({ 'tunnel.disconnect': () => new Promise(() => undefined) });
    const tunnel = new TunnelState(fake.api);
    void tunnel.disconnect();
    await tunnel.repair();
    await tunnel.connect('p-1', false);
    expect(fake.calls.map(({ name }) => name)).toEqual(['tunnel.disconnect']);
  });

  it('forgets the comparison once the tunnel is gone', async () => {
    const fake = createFakeApi({ 'tunnel.disconnect': () => Promise.resolve(disconnected) });
    const tunnel = new TunnelState(fake.api);
    fake.emit('tunnel', connected);
    fake.emit('comparison', comparison);
    await settled();
    expect(tunnel.comparison).not.toBeNull();
    await tunnel.disconnect();
    expect(tunnel.comparison).toBeNull();
  });

  it('repairs, looks again, and says what was taken back', async () => {
    const fake = createFakeApi({ 'tunnel.repair': () => Promise.resolve({ removed: ['table inet sawt', 'rule 90'] }) });
    const tunnel = new TunnelState(fake.api);
    await tunnel.repair();
    expect(tunnel.repaired).toHaveLength(2);
    expect(fake.calls.map(({ name }) => name)).toEqual(['tunnel.repair', 'tunnel.status']);
  });

  it('compares again on request, and keeps the error when that fails', async () => {
    const fake = createFakeApi({ 'check.recheck': () => Promise.resolve(comparison) });
    const tunnel = new TunnelState(fake.api);
    await tunnel.recheck();
    expect(tunnel.comparison).toEqual(comparison);
    const broken = new TunnelState(createFakeApi().api);
    await broken.recheck();
    expect(broken.error?.code).toBe('not-found');
    expect(broken.work).toBeNull();
  });
});
