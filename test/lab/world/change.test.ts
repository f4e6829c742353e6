import { describe, expect, it } from 'vitest';
import { changedCensor, changedPages, changedRoles, changedZone } from './change.ts';

const zone = {
  'a.example': { v4: ['23.250.0.1'], v6: ['2a0e:aa00::1'] },
  'x.a.example': { v4: ['23.250.0.2'], v6: [] },
  'b.example': { v4: ['23.250.0.3'], v6: [] },
};

describe('a change of the world', () => {
  it('takes away a name with all below it', () => {
    expect(Object.keys(changedZone(zone, { gone: ['a.example'] }))).toEqual(['b.example']);
  });

  it('leads the name of a host that has moved to where another one is, for everybody', () => {
    const moved = { 'a.example': 'b.example' };
    expect(changedZone(zone, { moved })['a.example']).toEqual(zone['b.example']);
    expect(changedCensor({}, { moved }, zone).names).toEqual([{ names: ['a.example'], answer: zone['b.example'] }]);
    expect(() => changedZone(zone, { moved: { 'a.example': 'c.example' } })).toThrow('no c.example');
  });

  it('silences the UDP services of an address, and renames relays', () => {
    const turn = { kind: 'turn' as const, realm: 'old.example', dialect: 'rfc8656' as const };
    const socket = { address: '23.250.0.1', port: 3478, roles: [turn] };
    expect(changedRoles(socket, { mute: ['23.250.0.1'] })).toEqual([]);
    expect(changedRoles(socket, { realms: { 'old.example': 'new.example' } })).toEqual([
      { ...turn, realm: 'new.example' },
    ]);
    expect(changedRoles(socket, {})).toEqual([turn]);
  });

  it('gives a host one status for every page, and leaves the others', () => {
    const pages = { 'a.example': { '/x': { status: 204, body: '' } }, 'b.example': {} };
    expect(changedPages(pages, { statuses: { 'a.example': 403 } })).toEqual({
      'a.example': { '*': { status: 403, body: '' } },
      'b.example': {},
    });
  });

  it("tells the ISP's resolver what is gone before the ISP lies, and silences what is down", () => {
    const lie = { names: ['b.example'], answer: 'empty' as const };
    const { names, packets } = changedCensor({ names: [lie] }, { gone: ['b.example'], down: ['a.example'] }, zone);
    expect(names).toEqual([{ names: ['b.example'], answer: 'nxdomain' }, lie]);
    expect(packets).toEqual([{ drop: 'prefix', cidrs: ['23.250.0.1/32', '2a0e:aa00::1/128'], transport: 'any' }]);
  });

  it('leaves the censor as it is when nothing changes, and refuses a host that there is not', () => {
    expect(changedCensor({}, {}, zone)).toEqual({ names: [], packets: [] });
    expect(() => changedCensor({}, { down: ['c.example'] }, zone)).toThrow('no c.example');
  });
});
