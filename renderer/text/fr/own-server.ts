import { counter } from '../format.ts';
import type { OwnServerText } from '../types.ts';

const count = counter('fr');

export const ownServer: OwnServerText = {
  title: 'Un serveur à vous',
  intro:
    'Une adresse que personne d’autre n’utilise est la plus difficile à bloquer. Louez un petit serveur Linux à l’étranger (Debian ou Ubuntu)\u202f; Sawt prépare un script qui en fait votre VPN.',
  people: count({ one: '{n} appareil', many: '{n} appareils', other: '{n} appareils' }),
  endpoint: 'Adresse ou nom du serveur',
  devices: 'Pour combien d’appareils',
  callsOnly: 'Seuls les appels y passent (avancé)',
  make: 'Préparer le script',
  look: 'Vérifier',
  lookAt: 'Vérifier le serveur {server}',
  lookFirst: 'Ce réseau permet-il de l’atteindre\u202f?',
  working: { making: 'Création des clés et des fichiers…', looking: 'Le serveur est interrogé…' },
  steps: {
    copy: 'Copiez le script sur le serveur\u202f:',
    run: 'Lancez-le là-bas, ce qui prend quelques minutes\u202f:',
    check: 'Vérifiez s’il répond, puis connectez-vous avec le nouveau profil ci-dessus.',
  },
  files:
    'Un fichier et un code QR pour chaque appareil se trouvent dans {folder}. Deux appareils ont besoin de deux numéros.',
  secret: 'Tous ces fichiers sont secrets. Ne donnez chacun qu’à la personne à qui il est destiné.',
  doors: { ssh: 'SSH', web: 'Web', udp: 'UDP', wireguard: 'WireGuard', openvpn: 'OpenVPN', relay: 'Relais' },
  results: {
    answers: 'répond',
    closed: 'la voie est libre, personne n’écoute',
    silent: 'rien n’est revenu',
    unreachable: 'aucun chemin depuis cet ordinateur',
  },
  conclusions: {
    ready: 'Le serveur est prêt.',
    'only-tcp':
      'OpenVPN répond et WireGuard non\u202f: quelque chose retient son UDP. Ouvrez le port dans le pare-feu de votre hébergeur, ou connectez-vous avec le profil marqué TCP.',
    'only-udp':
      'WireGuard répond et OpenVPN non. Connectez-vous avec WireGuard, et ouvrez le port TCP dans le pare-feu de votre hébergeur.',
    'not-set-up':
      'Le serveur est là, mais son VPN ne répond pas. Lancez-y le script, et ouvrez les ports dans le pare-feu de votre hébergeur.',
    reachable: 'Ce réseau permet d’atteindre le serveur. On ne saura si l’UDP passe qu’une fois le serveur installé.',
    silent:
      'Rien n’est revenu\u202f: l’adresse est fausse, le serveur est éteint, ou ce réseau le bloque. Essayez une autre adresse ou un autre réseau.',
    'name-not-found': 'Ce nom n’a pas d’adresse ici\u202f: il est faux, ou bloqué. Indiquez l’adresse elle-même.',
  },
  split: {
    title: 'Avancé\u202f: les appels seulement',
    text: 'Seuls les services d’appel aux adresses connues, et toutes les recherches de noms, passent par le tunnel\u202f; le reste demeure tel quel, sans protection. Les appels qui vont droit à l’autre personne restent aussi dehors\u202f: le tunnel entier est le meilleur choix.',
    button: 'En faire une copie pour les appels seulement',
    mark: 'appels seulement',
    connected:
      'Appels seulement\u202f: les services d’appel aux adresses connues, et toutes les recherches de noms, passent par le tunnel. Tout le reste passe dehors, sans protection, comme ce profil le veut.',
    checked:
      'Seuls les services dont les appels passent par le tunnel ont été vérifiés à nouveau. Les autres passent à côté et restent comme avant.',
  },
};
