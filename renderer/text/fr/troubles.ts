import type { Text } from '../types.ts';
import { accountTroubles } from './accounts.ts';

export const place: Text['place'] = {
  line: 'ligne {line}',
  directive: 'entrée {directive}',
  tool: 'Programme : {tool}',
  wait: 'Il demande {waitSeconds} secondes.',
  missing: 'Images manquantes : {missing}',
};

export const troubles: Text['troubles'] = {
  ...accountTroubles,
  'bad-request': {
    what: 'Sawt n’a pas compris sa propre fenêtre.',
    means: 'Les deux ne vont pas ensemble. Rien n’a été changé.',
    todo: 'Fermez la fenêtre et relancez Sawt.',
  },
  'not-found': {
    what: 'Ce que vous avez choisi n’existe plus.',
    means: 'Cela a peut-être été supprimé dans une autre fenêtre.',
    todo: 'Choisissez autre chose.',
  },
  busy: {
    what: 'Sawt est encore occupé à autre chose.',
    means: 'Il ne peut mener qu’une connexion ou une vérification à la fois.',
    todo: 'Attendez un instant, puis réessayez.',
  },
  cancelled: {
    what: 'L’opération a été arrêtée.',
    means: 'Tout est comme avant.',
    todo: 'Vous pouvez recommencer quand vous voulez.',
  },
  internal: {
    what: 'Quelque chose s’est mal passé dans Sawt.',
    means: 'C’est un défaut du programme, pas de votre réseau.',
    todo: 'Réessayez ; si cela se répète, relancez Sawt.',
  },
  'profile-invalid': {
    what: 'Ce n’est pas un profil que Sawt sait lire.',
    means: 'Il manque quelque chose, ou ce n’est pas écrit à la manière de WireGuard ou d’OpenVPN.',
    todo: 'Téléchargez de nouveau le fichier chez votre fournisseur, en choisissant WireGuard ou OpenVPN.',
  },
  'profile-dangerous': {
    what: 'Ce profil a été refusé par sécurité.',
    means: 'Il contient de quoi prendre le contrôle de cet ordinateur.',
    todo: 'Ne l’utilisez pas non plus dans un autre programme. Demandez un nouveau fichier au fournisseur lui-même.',
  },
  'profile-unsupported': {
    what: 'Sawt ne sait pas encore utiliser ce genre de profil.',
    means: 'Il est fait pour un autre programme ou une autre façon de se connecter.',
    todo: 'Demandez au fournisseur un fichier WireGuard (.conf) ou OpenVPN (.ovpn) ordinaire.',
  },
  'relay-invalid': {
    what: 'Ce n’est pas un relais que Sawt sait lire.',
    means:
      'Le fichier d’un relais est du JSON ; il donne ses adresses, un utilisateur et un mot de passe. Rien n’a été gardé.',
    todo: 'Choisissez le relay.json fourni avec votre propre serveur, ou demandez à qui prête le relais son RTCIceServer.',
  },
  'profile-too-large': {
    what: 'Ce fichier est trop gros pour un profil.',
    means: 'Un profil est un petit texte ; ceci doit être autre chose.',
    todo: 'Choisissez le fichier .conf ou .ovpn.',
  },
  'profile-in-use': {
    what: 'Ce profil est en cours d’utilisation.',
    means: 'On ne peut pas le supprimer tant que vous êtes connecté par lui.',
    todo: 'Déconnectez-vous d’abord.',
  },
  'storage-failed': {
    what: 'Sawt n’a pas pu enregistrer cela.',
    means: 'Le disque est peut-être plein, ou l’écriture n’est pas permise. Ce qui était enregistré est intact.',
    todo: 'Libérez de la place sur le disque, puis réessayez.',
  },
  'catalogue-invalid': {
    what: 'La liste des services est abîmée.',
    means: 'Sans elle, Sawt ne sait pas quoi vérifier.',
    todo: 'Réinstallez Sawt.',
  },
  'list-signature': {
    what: 'Une liste dont Sawt se sert a été refusée.',
    means: 'Sa signature est fausse : quelqu’un l’a peut-être modifiée.',
    todo: 'Continuez avec vos propres profils et réinstallez Sawt depuis sa source officielle.',
  },
  'list-rollback': {
    what: 'La liste des serveurs a été refusée.',
    means: 'Elle est plus ancienne que la vôtre ; quelqu’un veut peut-être vous ramener à de vieux serveurs.',
    todo: 'Gardez la liste la plus récente ; vous n’avez rien à faire.',
  },
  'list-poisoned': {
    what: 'La liste des serveurs a été refusée.',
    means: 'Certaines lignes se contredisent, comme le font des lignes falsifiées.',
    todo: 'Continuez avec vos propres profils.',
  },
  'list-invalid': {
    what: 'La liste des serveurs est illisible.',
    means: 'Elle est abîmée ou faite pour une autre version.',
    todo: 'Continuez avec vos propres profils.',
  },
  'list-incomplete': {
    what: 'Il manque des images de la liste.',
    means:
      'Une liste est répartie sur plusieurs images, et elle ne peut être vérifiée qu’avec toutes. Rien n’a été changé.',
    todo: 'Choisissez toutes les images à la fois, celles qui manquent aussi.',
  },
  'not-a-list': {
    what: 'Ces fichiers ne contiennent pas de liste signée.',
    means: 'Ils contiennent autre chose, une image est illisible, ou ils ne vont pas ensemble. Rien n’a été changé.',
    todo: 'Choisissez un fichier .sawt, toutes les images nettes d’une seule série, ou une liste avec son .minisig.',
  },
  'provider-mismatch': {
    what: 'Ce serveur n’appartient pas au fournisseur de votre profil.',
    means: 'Votre clé ne l’ouvrirait pas.',
    todo: 'Choisissez un serveur du même fournisseur.',
  },
  'tool-missing': {
    what: 'Il manque un programme dont Sawt a besoin pour se connecter.',
    means: 'Rien n’a été changé dans votre réseau.',
    todo: 'Installez-le, puis reconnectez-vous.',
  },
  'permission-refused': {
    what: 'Le système n’a pas permis à Sawt d’établir le tunnel.',
    means: 'Il faut pour cela les droits d’administrateur. Rien n’a été changé.',
    todo: 'Lancez Sawt en administrateur (avec sudo), ou répondez oui à la question du système.',
  },
  'no-endpoint': {
    what: 'Ce profil n’indique aucun serveur.',
    means: 'Sawt ne sait pas où se connecter.',
    todo: 'Demandez un fichier complet à votre fournisseur.',
  },
  'no-base-route': {
    what: 'Cet ordinateur n’est pas relié à Internet.',
    means: 'Un tunnel a besoin d’un réseau en dessous.',
    todo: 'Connectez-vous au Wi-Fi ou branchez le câble, puis réessayez.',
  },
  'name-not-resolved': {
    what: 'L’adresse du serveur VPN est introuvable.',
    means: 'Le réseau cache peut-être son nom, ou le nom est faux.',
    todo: 'Utilisez un profil qui donne le serveur en chiffres, par exemple 203.0.113.3.',
  },
  'handshake-silent': {
    what: 'Le serveur VPN n’a pas répondu.',
    means: 'Il est peut-être en panne, ou ce réseau bloque ce genre de tunnel.',
    todo: 'Essayez un autre serveur ; si aucun ne répond, essayez un profil OpenVPN sur TCP.',
  },
  'handshake-rejected': {
    what: 'Le serveur VPN nous a refusés.',
    means: 'Votre clé ou votre certificat n’y est plus valable.',
    todo: 'Demandez un nouveau profil à votre fournisseur.',
  },
  'no-traffic': {
    what: 'Le serveur a répondu, mais rien ne revient par le tunnel.',
    means: 'Le serveur ne transmet pas le trafic, ou le réseau le retient.',
    todo: 'Essayez un autre serveur.',
  },
  'another-tunnel': {
    what: 'Un autre VPN est déjà actif.',
    means: 'Deux à la fois se gênent. Sawt n’a pas touché à l’autre.',
    todo: 'Arrêtez l’autre VPN, puis connectez-vous ici.',
  },
  'firewall-failed': {
    what: 'La protection contre les fuites n’a pas pu être mise en place.',
    means: 'Sans elle, Sawt ne se connecte pas, pour que rien ne sorte sans protection.',
    todo: 'Réparez le réseau et réessayez ; si cela persiste, un autre pare-feu est peut-être en cause.',
  },
  'lock-gone': {
    what: 'La protection contre les fuites a disparu.',
    means:
      'Un autre programme l’a retirée, ou l’ordinateur a redémarré : des données sortent peut-être sans protection.',
    todo: 'Reconnectez-vous, ou réparez le réseau.',
  },
  'program-died': {
    what: 'Le programme qui porte le tunnel s’est arrêté.',
    means: 'Il n’y a plus de tunnel.',
    todo: 'Reconnectez-vous. Si cela se répète, essayez un autre profil.',
  },
  'server-silent': {
    what: 'Le serveur VPN ne répond plus.',
    means: 'Ce qui doit passer par le tunnel est retenu jusqu’à ce qu’il réponde de nouveau : rien ne fuit.',
    todo: 'Connectez-vous à un autre serveur, ou déconnectez-vous pour continuer sans protection.',
  },
  'connect-interrupted': {
    what: 'La connexion a été interrompue en chemin.',
    means: 'Le trafic est peut-être encore retenu, pour que rien ne fuie.',
    todo: 'Reconnectez-vous, ou réparez le réseau.',
  },
  'record-damaged': {
    what: 'La note que Sawt garde de la connexion est abîmée.',
    means: 'Sawt ne peut pas savoir ce qu’il a changé dans le réseau.',
    todo: 'Réparez le réseau.',
  },
  'password-needed': {
    what: 'Le serveur demande un nom d’utilisateur et un mot de passe.',
    means: 'Aucun n’est conservé avec ce profil.',
    todo: 'Reconnectez-vous et saisissez ceux que votre fournisseur de VPN vous a donnés.',
  },
  'password-wrong': {
    what: 'Le serveur a refusé le nom d’utilisateur ou le mot de passe.',
    means:
      'L’un des deux est mal saisi ou n’est plus valable. Certains fournisseurs refusent aussi quand trop d’appareils sont connectés.',
    todo: 'Saisissez-les de nouveau. Chez beaucoup de fournisseurs, le mot de passe du VPN n’est pas celui du site.',
  },
  'not-supported': {
    what: 'Ce n’est pas encore possible sur cet ordinateur.',
    means: 'Il manque ce qu’il faut au système ou à cette version de Sawt.',
    todo: 'Utilisez votre profil avec l’application officielle de WireGuard ou d’OpenVPN.',
  },
  'network-change-failed': {
    what: 'Un réglage du réseau n’a pas pu être changé.',
    means: 'Sawt s’est arrêté en chemin et a annulé ce qu’il avait fait.',
    todo: 'Réparez le réseau, puis réessayez.',
  },
};
