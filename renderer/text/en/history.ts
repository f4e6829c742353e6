import { counter } from '../format.ts';
import type { HistoryText } from '../history-text.ts';

const count = counter('en');

export const history: HistoryText = {
  title: 'Earlier checks',
  intro:
    'Every check is kept on this computer, network by network. Neither names nor addresses of your networks are stored.',
  empty: { title: 'Nothing has been checked yet', text: 'As soon as you check a network, the result is kept here.' },
  network: count({ other: 'Network {n}' }),
  here: 'You are here',
  comma: ', ',
  columns: { when: 'When', messages: 'Messages', calls: 'Calls', choose: 'Compare' },
  counts: {
    ok: count({ one: '{n} works', other: '{n} work' }),
    blocked: count({ other: '{n} blocked' }),
    degraded: count({ other: '{n} disturbed' }),
    unclear: count({ other: '{n} unclear' }),
  },
  states: { offline: 'Was offline', portal: 'A sign-in page stood in the way' },
  through: { own: 'through Sawt’s tunnel', other: 'through another VPN' },
  since: {
    messages: {
      blocked: 'Messages blocked since {since}: {services}',
      degraded: 'Messages disturbed since {since}: {services}',
    },
    calls: {
      blocked: 'Calls blocked since {since}: {services}',
      degraded: 'Calls disturbed since {since}: {services}',
    },
  },
  orEarlier: '{when} or earlier',
  open: 'Open',
  openLabel: 'Open the check: {check}',
  chooseLabel: 'Compare the check: {check}',
  compare: 'Compare the two',
  compareHint: 'Tick two checks to compare them: two networks, two days, with a tunnel and without.',
  comparison: 'Two checks compared',
  changes: {
    fixed: 'works now',
    'still-blocked': 'blocked in both',
    'newly-blocked': 'blocked here only',
    'same-ok': 'works in both',
    unknown: 'cannot be compared',
  },
  back: 'Back to the list',
  rename: 'Rename',
  renameLabel: 'Rename {network}',
  save: 'Save',
  renameHint: 'The name stays on this computer. Leave it empty to go back to the number.',
  export: {
    title: 'Hand results on',
    text: 'Writes the checks made without a VPN into a file in the format of OONI, the observatory of network interference. It holds neither your addresses nor which network it was.',
    button: 'Export as a file',
    done: count({ one: '{n} check was exported.', other: '{n} checks were exported.' }),
    leftOut: count({
      one: '{n} check made through a VPN was left out.',
      other: '{n} checks made through a VPN were left out.',
    }),
    nothing: 'There is no check without a VPN to export.',
  },
  clear: {
    button: 'Forget everything…',
    ask: count({ one: 'Forget {n} check?', other: 'Forget {n} checks?' }),
    text: 'They are removed from this computer, with what told your networks apart. This cannot be undone.',
    confirm: 'Forget everything',
    done: count({ one: '{n} check was forgotten.', other: '{n} checks were forgotten.' }),
  },
};
