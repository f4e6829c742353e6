import type { QualityText } from '../types.ts';

export const quality: QualityText = {
  ratings: {
    good: 'This line carries calls well.',
    fair: 'This line carries calls, with a hitch now and then.',
    bad: 'This line carries calls badly: expect gaps and delays, whatever the service.',
  },
  figures: 'Round trip {rtt}, jitter {jitter}, lost {lost} of {sent} packets (true loss: {upper} at most).',
};
