import { describe, expect, it } from 'vitest';
import type { Carrier } from '../../electron/tunnel/carrier.ts';
import type { Journal, JournalFile } from '../../electron/tunnel/journal.ts';
import { Ledger } from '../../electron/tunnel/ledger.ts';
import type { TunnelState } from '../../electron/tunnel/types.ts';
import { sampleJournal } from './sample-journal.ts';

function ledgerOver(write: JournalFile['write']): { ledger: Ledger; states: TunnelState[] } {
  const states: TunnelState[] = [];
  const file: JournalFile = {
    read: () => Promise.resolve(undefined),
    create: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    write,
  };
  const request = {
    id: 'p-1',
    backend: 'direct',
    killSwitch: false,
    carrier: {} as Carrier,
    signal: new AbortController().signal,
    onState: (state: TunnelState) => void states.push(state),
  };
  return { ledger: new Ledger(file, request), states };
}

describe('the ledger of a connection', () => {
  it('writes each stage with the attempts so far, and tells of it', async () => {
    const written: Journal[] = [];
    const { ledger, states } = ledgerOver((journal) => Promise.resolve(void written.push(journal)));
    ledger.journal = sampleJournal;
    const candidate = { transport: 'wireguard-udp', address: '2001:db8::1', port: 51820 } as const;
    ledger.note(candidate, 'silent', performance.now());
    await ledger.setStage('handshake');
    const attempts = [{ endpoint: '[2001:db8::1]:51820', result: 'silent' }];
    expect(written).toMatchObject([{ stage: 'handshake', attempts }]);
    expect(states).toMatchObject([{ state: 'connecting', stage: 'handshake', profile: 'p-1', attempts }]);
  });

  it('knows what may be on the disk also when writing failed', async () => {
    const { ledger } = ledgerOver(() => Promise.reject(new Error('disk full')));
    ledger.journal = sampleJournal;
    await expect(ledger.update({ phase: 'connected' })).rejects.toThrow('disk full');
    expect(ledger.current.phase).toBe('connected');
  });

  it('has nothing to change before there is a journal', async () => {
    const { ledger } = ledgerOver(() => Promise.resolve());
    await expect(ledger.setStage('traffic')).rejects.toThrow(/before the first change/);
  });
});
