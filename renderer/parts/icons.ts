/** Line drawings on a grid of 24; each verdict has a shape of its own, so that none relies on colour. */
export const icons = {
  ok: ['M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0', 'M8 12.4l2.8 2.8L16.4 9.4'],
  blocked: ['M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3Z', 'M9 9l6 6M15 9l-6 6'],
  degraded: ['M12 3.8L22 20.5H2Z', 'M12 10v4.6M12 17.4v.1'],
  stale: ['M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0', 'M12 7v5.2l3.2 2'],
  unknown: [
    'M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0',
    'M9.4 9.6a2.6 2.6 0 1 1 3.7 2.4c-.7.4-1.1.9-1.1 1.8',
    'M12 16.8v.1',
  ],
  skipped: ['M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0', 'M8 12h8'],
  waiting: ['M6 12v.1M12 12v.1M18 12v.1'],
  tunnel: ['M12 3l7.5 3v5.5c0 4.5-3.1 8-7.5 9.5c-4.4-1.5-7.5-5-7.5-9.5V6Z'],
  'tunnel-on': ['M12 3l7.5 3v5.5c0 4.5-3.1 8-7.5 9.5c-4.4-1.5-7.5-5-7.5-9.5V6Z', 'M8.7 12l2.4 2.4l4.4-4.6'],
  file: [
    'M13.5 3H6.5A1.5 1.5 0 0 0 5 4.5v15A1.5 1.5 0 0 0 6.5 21h11a1.5 1.5 0 0 0 1.5-1.5V8.5Z',
    'M13.5 3v5.5H19',
    'M12 12v5M9.6 14.5h4.8',
  ],
  chevron: ['M6.5 9.5l5.5 5.5l5.5-5.5'],
  settings: ['M4 7h9M17 7h3M4 17h3M11 17h9', 'M17 7a2 2 0 1 1-4 0a2 2 0 0 1 4 0', 'M11 17a2 2 0 1 1-4 0a2 2 0 0 1 4 0'],
  info: ['M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0', 'M12 11v5.5M12 7.7v.1'],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof icons;
