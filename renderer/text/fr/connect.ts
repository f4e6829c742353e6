import { counter } from '../format.ts';
import type { ConnectedText, ConnectText } from '../types.ts';

const count = counter('fr');

export const connect: ConnectText = {
  title: 'Rétablir les appels',
  intro:
    'Un VPN fait passer vos appels par un tunnel chiffré, au-delà du blocage. Il vous faut seulement un profil : un petit fichier que vous donne un fournisseur de VPN, ou une personne qui tient un serveur.',
  law: 'À savoir avant de vous connecter : dans certains pays, l’usage d’un VPN est puni par la loi.',
  add: {
    title: 'Ajouter un profil',
    help: 'Fichiers WireGuard (.conf) et OpenVPN (.ovpn), archive qui en contient (.zip) ou image d’un code QR. Sawt y lit ce qu’il lui faut et écarte tout ce qui pourrait nuire à cet ordinateur.',
    drop: 'Déposez un fichier ici',
    choose: 'Choisir un fichier…',
    pasteLabel: 'Ou collez le texte d’un profil',
    pasteHint: '[Interface] …',
    pasteButton: 'Ajouter ce texte',
    pastedName: 'Profil collé',
    working: 'Lecture…',
  },
  outcome: {
    title: 'Résultat de l’ajout',
    added: '{name} a été ajouté',
    refused: '{file} n’a pas été ajouté',
    needs: 'Il va avec {files}. Choisissez tous ces fichiers en même temps.',
    endpoint: 'Serveur',
    noEndpoint: 'aucun indiqué',
    nothingDropped: 'Il n’y avait rien à écarter.',
    dropped: count({
      one: '{n} ligne a été écartée, par sécurité :',
      other: '{n} lignes ont été écartées, par sécurité :',
    }),
    line: 'ligne {line}',
    warnings: 'Bon à savoir :',
    discard: 'Ne pas le garder',
    dropReasons: {
      'runs-command': 'pourrait lancer une commande sur cet ordinateur',
      'uses-files': 'lirait ou écrirait des fichiers de cet ordinateur',
      'opens-control': 'laisserait autre chose commander le tunnel',
      'set-by-sawt': 'Sawt s’en charge lui-même',
      proxy: 'passe par un proxy, ce que Sawt ne fait pas',
      'tells-server': 'renseignerait le serveur sur cet ordinateur',
      outdated: 'n’est plus utile',
      'weak-cipher': 'désigne un chiffrement faible ou inconnu',
      repeated: 'est répétée plus bas',
      malformed: 'n’est pas écrite comme il faut',
      'other-program': 'seul AmneziaWG la comprend',
      other: 'inutile, ou pas reconnue comme sûre',
    },
  },
  warnings: {
    'no-ipv6':
      'Ce profil ne transporte pas l’IPv6. Pendant la connexion, Sawt bloque l’IPv6 pour que rien ne contourne le tunnel.',
    'no-dns':
      'Ce profil n’indique aucun serveur de noms. Les adresses seront peut-être demandées à un serveur que vous n’avez pas choisi.',
    'split-routes': 'Ce profil ne transporte qu’une partie du trafic. Le reste n’est pas protégé.',
    'private-endpoint': 'Le serveur a une adresse privée : on ne peut le joindre que depuis le réseau où il se trouve.',
    'endpoint-by-name':
      'Le serveur est indiqué par son nom. Si le réseau falsifie les noms, il risque d’être introuvable.',
    'weak-identity': 'Ce profil contrôle mal l’identité du serveur. Demandez-en un plus récent au fournisseur.',
    'weak-cipher': 'Ce profil utilise un chiffrement ancien. Demandez-en un plus récent au fournisseur.',
    'needs-password': 'Le serveur demandera un nom d’utilisateur et un mot de passe.',
    amnezia: 'Ce profil est fait pour AmneziaWG ; Sawt l’utilise en WireGuard ordinaire.',
    'shared-key':
      'Deux appareils avec cette clé se coupent sans cesse l’un l’autre. Utilisez-la sur un seul à la fois.',
    'key-expires': 'Sa clé ou son certificat prend fin après quelques jours. Refaites alors le profil.',
    strangers:
      'Le serveur est l’ordinateur d’un inconnu, qui peut voir où vous allez et garde des traces. C’est peut-être celui de votre opérateur.',
  },
  kinds: { wireguard: 'WireGuard', openvpn: 'OpenVPN' },
  profiles: {
    title: 'Se connecter par',
    rename: 'Renommer',
    renameLabel: 'Nouveau nom pour {name}',
    save: 'Enregistrer',
    remove: 'Supprimer',
    removeLabel: 'Supprimer {name}',
    removed: '{name} a été supprimé.',
  },
  servers: {
    title: 'Autres serveurs de {provider}',
    text: 'Votre clé les ouvre tous. Un serveur proche donne le meilleur son.',
    label: 'Lieu',
    add: 'Ajouter ce serveur',
    expired: 'La liste des serveurs est ancienne ; certains ont peut-être disparu.',
  },
  phone: {
    title: 'Configurer mon téléphone',
    text: 'Passez {profile} sur un téléphone à l’aide d’un code QR.',
    show: 'Afficher le code QR',
    hide: 'Le masquer',
    alt: 'Code QR du profil {profile}, pour l’application WireGuard',
    steps: [
      'Installez l’application WireGuard sur le téléphone.',
      'Touchez le signe plus et choisissez de scanner un code QR.',
      'Visez ce code avec l’appareil photo et donnez un nom au tunnel.',
    ],
    oneDevice:
      'Un seul appareil à la fois : deux appareils avec la même clé se coupent sans cesse l’un l’autre. Pour les deux en même temps, procurez-vous un second profil.',
    secret: 'Le code contient votre clé privée. Ne le montrez à personne et n’en gardez aucune image.',
    tooLong: 'Ce profil est trop long pour un code QR. Envoyez le fichier lui-même au téléphone.',
  },
  killSwitch: {
    label: 'Retenir tout le trafic si la connexion échoue',
    text: 'Rien ne sort alors sans protection, jusqu’à ce que vous vous connectiez ou vous déconnectiez. Si le tunnel se rompt, tout est retenu de toute façon.',
  },
  connect: 'Se connecter',
  stagesTitle: 'Connexion en cours',
  connectingTo: 'Connexion par {profile}',
  stages: {
    starting: { title: 'Préparation', text: 'Mise en place du tunnel et de la protection contre les fuites' },
    handshake: { title: 'Prise de contact', text: 'En attente de la réponse du serveur' },
    traffic: { title: 'Trafic', text: 'On s’assure que quelque chose revient vraiment' },
    calls: { title: 'Appels', text: 'Nouvelle vérification de ce qui était bloqué' },
  },
  stageState: { done: 'fait', now: 'en cours', waiting: 'en attente' },
  attempts: 'Ce qui a été essayé',
  transports: {
    'wireguard-udp': 'WireGuard (UDP)',
    'openvpn-udp': 'OpenVPN (UDP)',
    'openvpn-tcp': 'OpenVPN (TCP)',
  },
  attemptResults: {
    ok: 'a répondu',
    silent: 'pas de réponse',
    refused: 'refus',
    rejected: 'nous a renvoyés',
    failed: 'échec',
    cancelled: 'arrêté',
  },
  blocked: {
    title: 'Le tunnel s’est rompu ; Sawt retient tout le trafic',
    text: 'Vous l’avez demandé, pour que rien ne sorte sans protection. Reconnectez-vous, ou laissez repasser le trafic sans protection.',
  },
  repair: {
    button: 'Réparer mon réseau',
    leftovers: 'Une session précédente s’est arrêtée brutalement et a laissé des traces dans les réglages du réseau.',
    text: 'La réparation remet les routes, le pare-feu et les serveurs de noms dans l’état où ils étaient avant Sawt.',
    done: count({
      one: 'C’est fait : {n} changement a été annulé. Le réseau est comme avant.',
      other: 'C’est fait : {n} changements ont été annulés. Le réseau est comme avant.',
    }),
    nothing: 'Il n’y avait rien à réparer : le réseau est en ordre.',
    working: 'Réparation…',
  },
  doctor: {
    title: 'Cet ordinateur ne peut pas encore se connecter',
    missing: 'Il manque le programme {tool}.',
    install: 'Installez-le avec :',
    user: 'Sawt a besoin des droits d’administrateur pour établir un tunnel. Fermez-le et relancez-le en administrateur (avec sudo).',
    noBackend:
      'Sawt ne sait pas encore établir de tunnel sur ce système. Utilisez votre profil avec l’application officielle de WireGuard ou d’OpenVPN.',
    again: 'Regarder de nouveau',
  },
};

export const connected: ConnectedText = {
  headlines: {
    'all-fixed': {
      title: 'Les appels passent de nouveau',
      text: 'Ce qui était bloqué, et qui peut être vérifié, fonctionne par le tunnel.',
    },
    'some-fixed': {
      title: 'Certains appels passent de nouveau',
      text: 'D’autres ne passent toujours pas. Un autre serveur fera peut-être mieux.',
    },
    'none-fixed': {
      title: 'Connecté, mais les appels ne passent toujours pas',
      text: 'Le tunnel fonctionne, et pourtant les appels échouent. Essayez un autre serveur ou un autre fournisseur.',
    },
    'nothing-was-blocked': {
      title: 'Connecté',
      text: 'La vérification précédente n’avait constaté aucun blocage, et tout fonctionne encore.',
    },
    unknown: {
      title: 'Connecté',
      text: 'Le trafic passe par le tunnel. La comparaison des appels n’a pas encore été faite.',
    },
  },
  title: 'Avant et après',
  before: 'Avant',
  after: 'Par le tunnel',
  expected: 'Devraient passer',
  changes: {
    fixed: 'Rétablis',
    'still-blocked': 'toujours bloqués',
    'newly-blocked': 'bloqués seulement dans le tunnel',
    'same-ok': 'fonctionnent comme avant',
    unknown: 'comparaison impossible',
  },
  recheck: 'Vérifier de nouveau par le tunnel',
  rechecking: 'Nouvelle vérification…',
  noComparison: 'Rien n’a encore été comparé. Pour cela, il faut à Sawt une vérification faite sans le tunnel.',
  proof: 'Ce qui est prouvé',
  traffic: 'Le trafic revient par le tunnel.',
  exit: 'Le monde vous voit à l’adresse',
  notMeasured: 'non mesurée',
  dns: {
    inside: 'Les noms sont cherchés dans le tunnel.',
    outside: 'Les noms sont cherchés hors du tunnel : le réseau peut voir quels sites vous visitez.',
  },
  ipv6: {
    tunnelled: 'L’IPv6 passe aussi par le tunnel.',
    blocked: 'L’IPv6 est retenu, pour qu’il ne contourne pas le tunnel.',
    absent: 'Ce réseau n’a pas d’IPv6.',
    leaking: 'L’IPv6 contourne le tunnel ! Déconnectez-vous et signalez-le.',
  },
  callsVerdict: {
    ok: 'Les appels qui étaient bloqués passent.',
    degraded: 'Les appels qui étaient bloqués passent en partie.',
    blocked: 'Les appels qui étaient bloqués ne passent toujours pas.',
    unknown: 'Les appels n’ont pas encore été vérifiés.',
  },
  killSwitchOn: 'Si le tunnel se rompt, tout le trafic est retenu.',
  took: 'Connecté en {duration}',
  disconnect: 'Se déconnecter',
};
