import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Port } from '../../electron/api/channel.ts';
import type { ElectronDouble } from '../shell/electron/electron-double.ts';

const holder = vi.hoisted<{ electron?: ElectronDouble }>(() => ({}));
vi.mock('electron', async () => {
  const { makeElectron } = await import('../shell/electron/electron-double.ts');
  return (holder.electron = makeElectron());
});

let electron: ElectronDouble;
let port: Port;
beforeEach(async () => {
  vi.resetModules();
  await import('../../electron/preload.ts');
  if (!holder.electron) throw new Error('electron was not replaced');
  electron = holder.electron;
  port = electron.contextBridge.exposeInMainWorld.mock.calls[0]?.[1] as Port;
});

describe('the preload script', () => {
  it('exposes the port and nothing else', () => {
    expect(electron.contextBridge.exposeInMainWorld.mock.calls.map(([name]) => name as string)).toEqual(['sawtPort']);
    expect(Object.keys(port).sort()).toEqual(['onClose', 'onMessage', 'send']);
  });

  it('sends on one channel', () => {
    port.send({ type: 'cancel', id: 1 });
    expect(electron.ipcRenderer.send.mock.calls).toEqual([['sawt', { type: 'cancel', id: 1 }]]);
  });

  it('keeps the IPC event, which reaches into Electron, from the page', () => {
    const listener = vi.fn();
    const stop = port.onMessage(listener);
    electron.ipcRenderer.emit('sawt', { sender: 'ipcRenderer' }, { type: 'result' });
    expect(listener.mock.calls).toEqual([[{ type: 'result' }]]);
    stop();
    electron.ipcRenderer.emit('sawt', {}, { type: 'result' });
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
