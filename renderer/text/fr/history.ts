import { counter } from '../format.ts';
import type { HistoryText } from '../history-text.ts';

const count = counter('fr');

export const history: HistoryText = {
  title: 'Vérifications passées',
  intro:
    'Chaque vérification est gardée sur cet ordinateur, réseau par réseau. Ni le nom ni l’adresse de vos réseaux ne sont enregistrés.',
  empty: { title: 'Rien n’a encore été vérifié', text: 'Dès que vous vérifiez un réseau, le résultat est gardé ici.' },
  network: count({ other: 'Réseau {n}' }),
  here: 'Vous êtes ici',
  comma: ', ',
  columns: { when: 'Date', messages: 'Messages', calls: 'Appels', choose: 'Comparer' },
  counts: {
    ok: count({ one: '{n} passe', other: '{n} passent' }),
    blocked: count({ one: '{n} bloqué', other: '{n} bloqués' }),
    degraded: count({ one: '{n} perturbé', other: '{n} perturbés' }),
    unclear: count({ one: '{n} incertain', other: '{n} incertains' }),
  },
  states: { offline: 'Était hors ligne', portal: 'Une page d’identification barrait le passage' },
  through: { own: 'par le tunnel de Sawt', other: 'par un autre VPN' },
  since: {
    messages: {
      blocked: 'Messages bloqués depuis le {since} : {services}',
      degraded: 'Messages perturbés depuis le {since} : {services}',
    },
    calls: {
      blocked: 'Appels bloqués depuis le {since} : {services}',
      degraded: 'Appels perturbés depuis le {since} : {services}',
    },
  },
  orEarlier: '{when} ou avant',
  open: 'Ouvrir',
  openLabel: 'Ouvrir la vérification : {check}',
  chooseLabel: 'Comparer la vérification : {check}',
  compare: 'Comparer les deux',
  compareHint: 'Cochez deux vérifications pour les comparer : deux réseaux, deux jours, avec et sans tunnel.',
  comparison: 'Deux vérifications comparées',
  changes: {
    fixed: 'passent maintenant',
    'still-blocked': 'bloqués dans les deux',
    'newly-blocked': 'bloqués ici seulement',
    'same-ok': 'passent dans les deux',
    unknown: 'pas de comparaison possible',
  },
  back: 'Retour à la liste',
  rename: 'Renommer',
  renameLabel: 'Renommer {network}',
  save: 'Enregistrer',
  renameHint: 'Ce nom reste sur cet ordinateur. Laissez vide pour revenir au numéro.',
  export: {
    title: 'Transmettre les résultats',
    text: 'Écrit les vérifications faites sans VPN dans un fichier au format d’OONI, l’observatoire des perturbations du réseau. Il ne contient ni vos adresses, ni de quel réseau il s’agissait.',
    button: 'Exporter dans un fichier',
    done: count({ one: '{n} vérification exportée.', other: '{n} vérifications exportées.' }),
    leftOut: count({
      one: '{n} vérification faite par un VPN a été laissée de côté.',
      other: '{n} vérifications faites par un VPN ont été laissées de côté.',
    }),
    nothing: 'Aucune vérification sans VPN à exporter.',
  },
  clear: {
    button: 'Tout oublier…',
    ask: count({ one: 'Oublier {n} vérification ?', other: 'Oublier {n} vérifications ?' }),
    text: 'Tout sera effacé de cet ordinateur, avec ce qui distinguait vos réseaux. On ne pourra pas revenir en arrière.',
    confirm: 'Tout oublier',
    done: count({ one: '{n} vérification oubliée.', other: '{n} vérifications oubliées.' }),
  },
};
