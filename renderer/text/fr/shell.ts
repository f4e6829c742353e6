import type { SettingsText, ShellText } from '../types.ts';

export const shell: ShellText = {
  name: 'Sawt',
  skip: 'Aller au contenu',
  navigation: 'Écrans',
  screens: { check: 'Vérifier', connect: 'Rétablir les appels', history: 'Historique', settings: 'Réglages' },
  practice: 'Réseau d’entraînement : tout se passe dans cet ordinateur, rien n’atteint Internet.',
  lost: {
    title: 'Sawt s’est arrêté',
    text: 'Cette fenêtre ne peut plus rien faire. Fermez-la et relancez Sawt.',
  },
  cancel: 'Annuler',
  undo: 'Rétablir',
  tryAgain: 'Réessayer',
  copy: 'Copier',
  copied: 'Copié',
  status: {
    label: 'Connexion',
    disconnected: 'Non connecté',
    connecting: 'Connexion en cours : {stage}',
    connected: 'Connecté par {profile}',
    blocked: 'Sawt retient tout le trafic',
    failed: 'La connexion a échoué',
    disconnect: 'Se déconnecter',
    disconnecting: 'Déconnexion…',
    letTrafficOut: 'Laisser repasser le trafic',
  },
};

export const settings: SettingsText = {
  title: 'Réglages',
  language: 'Langue',
  asSystem: 'Celle de l’ordinateur',
  theme: 'Apparence',
  themes: { system: 'Comme l’ordinateur', light: 'Claire', dark: 'Sombre' },
  notKept: 'Ce réglage n’a pas pu être enregistré. Il vaut jusqu’à la fermeture de la fenêtre.',
  about: 'À propos de Sawt',
  privacy:
    'Ce que vous vérifiez, importez et utilisez reste sur cet ordinateur. Sawt ne demande aucun compte et ne rend de comptes à personne.',
  version: 'Version {version}',
};
