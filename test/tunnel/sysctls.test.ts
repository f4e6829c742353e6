import { expect, it } from 'vitest';
import type { SysctlChange } from '../../electron/tunnel/journal.ts';
import { sysctlNote, sysctlsInNote } from '../../electron/tunnel/sysctls.ts';

const arp: SysctlChange = { name: 'net/ipv4/conf/all/arp_ignore', before: '0', during: '2' };
const mark: SysctlChange = { name: 'net/ipv4/conf/all/src_valid_mark', before: '0', during: '1' };

it.each([[[]], [[arp]], [[mark]], [[arp, mark]]])('the note of the lock gives the originals back: %j', (changes) => {
  const note = sysctlNote(changes);
  expect(sysctlsInNote(`table inet sawt_ks {\n oifname "lo" accept comment "${note}"\n}`)).toEqual(changes);
  // nft takes no longer comments.
  expect(note.length).toBeLessThan(128);
});

it('nothing else is believed', () => {
  expect(sysctlsInNote('comment "before: net/ipv4/ip_forward=1 net/ipv4/conf/all/arp_ignore=x"')).toEqual([]);
  expect(sysctlsInNote('')).toEqual([]);
});
