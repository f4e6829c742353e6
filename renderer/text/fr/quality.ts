import type { QualityText } from '../types.ts';

export const quality: QualityText = {
  ratings: {
    good: 'Cette ligne convient bien aux appels.',
    fair: 'Cette ligne permet d’appeler, avec quelques accrocs.',
    bad: 'Les appels passent mal sur cette ligne : coupures et retards, quel que soit le service.',
  },
  figures: 'Aller-retour {rtt}, gigue {jitter}, paquets perdus : {lost} sur {sent} (perte réelle : {upper} au plus).',
  call: {
    outcomes: {
      good: 'Un appel par votre relais : bon.',
      fair: 'Un appel par votre relais : moyen, il manque parfois un mot.',
      bad: 'Un appel par votre relais : mauvais, on se comprend à peine.',
      cut: 'Un appel par votre relais : il commence, puis il est coupé.',
      silent: 'Un appel par votre relais : il s’établit, mais aucun son ne passe.',
      'no-relay':
        'Un appel par votre relais : le relais ne répond pas. Il est éteint, son adresse a changé, ou ce réseau le bloque.',
      'wrong-password': 'Un appel par votre relais : il n’accepte pas ce nom et ce mot de passe.',
      refused: 'Un appel par votre relais : le relais l’a refusé, ce qui ne dit rien du réseau.',
    },
    ways: 'Voies vers votre relais',
    way: {
      good: '{way} : bon',
      fair: '{way} : moyen',
      bad: '{way} : mauvais',
      cut: '{way} : coupé après le début',
      silent: '{way} : aucun son',
      'no-relay': '{way} : pas de réponse',
      'wrong-password': '{way} : mot de passe refusé',
      refused: '{way} : refusé',
    },
    loss: 'paquets perdus : {lost} sur {sent} (perte réelle : {upper} au plus)',
  },
};
