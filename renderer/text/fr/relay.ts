import type { RelayText } from '../relay-text.ts';

export const relay: RelayText = {
  title: 'Votre relais pour répéter des appels',
  text: 'Avec un relais à vous, Sawt peut répéter un court appel et entendre si le son passe dans les deux sens. Un serveur à vous en apporte un (relay.json) ; quelqu’un peut aussi vous en prêter un.',
  kept: 'Un relais est gardé, avec le nom d’utilisateur {user}. Son mot de passe l’est aussi et n’est pas montré.',
  ownAuthority: 'Il est reconnu par un certificat qui lui est propre.',
  transports: { udp: 'UDP', tcp: 'TCP', tls: 'TLS' },
  drop: 'Déposez relay.json ici',
  choose: 'Choisir un fichier…',
  help: 'Le fichier contient un mot de passe. Sawt le garde lisible par votre seul compte d’utilisateur.',
  pasteLabel: 'Ou collez son texte',
  pasteButton: 'Garder ce relais',
  replace: 'Un autre relais prend la place de celui-ci.',
  remove: 'Retirer ce relais',
  removeAsk: 'Son mot de passe est oublié aussi. Pour le reprendre, il vous faudra son fichier.',
  removeYes: 'Oui, le retirer',
  deeper: 'Regarder de plus près (répéter un appel)',
  deeperHelp: 'Appelle votre propre relais pendant quelques secondes ; personne d’autre ne l’entend.',
};
