import type { QualityText } from '../types.ts';

export const quality: QualityText = {
  ratings: {
    good: 'Cette ligne convient bien aux appels.',
    fair: 'Cette ligne permet d’appeler, avec quelques accrocs.',
    bad: 'Les appels passent mal sur cette ligne : coupures et retards, quel que soit le service.',
  },
  figures: 'Aller-retour {rtt}, gigue {jitter}, paquets perdus : {lost} sur {sent} (perte réelle : {upper} au plus).',
};
