import type { QualityText } from '../types.ts';

export const quality: QualityText = {
  ratings: {
    good: 'This line carries calls well.',
    fair: 'This line carries calls, with a hitch now and then.',
    bad: 'This line carries calls badly: expect gaps and delays, whatever the service.',
  },
  figures: 'Round trip {rtt}, jitter {jitter}, lost {lost} of {sent} packets (true loss: {upper} at most).',
  call: {
    outcomes: {
      good: 'A call to your relay: good.',
      fair: 'A call to your relay: fair, now and then a word is missing.',
      bad: 'A call to your relay: bad, it can hardly be understood.',
      cut: 'A call to your relay: it begins and is then cut.',
      silent: 'A call to your relay: it is set up, and no sound comes through.',
      'no-relay':
        'A call to your relay: the relay does not answer. It is off, its address is another one, or this network blocks it.',
      'wrong-password': 'A call to your relay: it does not take this name and password.',
      refused: 'A call to your relay: the relay refused it, so nothing can be said about the network.',
    },
    ways: 'Ways to your relay',
    way: {
      good: '{way}: good',
      fair: '{way}: fair',
      bad: '{way}: bad',
      cut: '{way}: cut after it began',
      silent: '{way}: no sound',
      'no-relay': '{way}: no answer',
      'wrong-password': '{way}: password not taken',
      refused: '{way}: refused',
    },
    loss: 'lost {lost} of {sent} packets (true loss: {upper} at most)',
  },
};
