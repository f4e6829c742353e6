import type { CheckText } from '../types.ts';

export const check: CheckText = {
  intro: {
    title: 'Les appels par Internet passent-ils sur ce réseau ?',
    text: 'Sawt essaie de joindre les services qui servent à appeler et montre lesquels ce réseau bloque, en distinguant les messages des appels.',
    button: 'Vérifier mon réseau',
    quiet: 'Rien n’est envoyé tant que vous n’appuyez pas sur le bouton.',
    sends:
      'La vérification envoie quelques petits paquets à ces services et à des serveurs neutres ; elle dure quelques secondes. Le résultat reste sur cet ordinateur.',
  },
  running: {
    title: 'Vérification du réseau…',
    text: 'Chaque service s’affiche dès qu’il est jugé.',
    stop: 'Arrêter',
    progress: 'Avancement de la vérification',
  },
  again: 'Vérifier de nouveau',
  makeCallsWork: 'Rétablir les appels',
  facts: 'Vérifié le {when}, en {seconds}. Liste des services du {date}.',
  columns: { service: 'Service', messages: 'Messages', calls: 'Appels', why: 'Pourquoi' },
  verdicts: {
    ok: 'Fonctionnent',
    blocked: 'Bloqués',
    degraded: 'Perturbés',
    stale: 'Service modifié',
    'not-testable': 'Non vérifiables',
    inconclusive: 'Verdict incertain',
    'not-run': 'Non vérifiés',
  },
  pending: 'En cours',
  confirming: 'à confirmer…',
  headlines: {
    offline: {
      title: 'Cet ordinateur est hors ligne',
      text: 'Rien ne répond, on ne peut donc rien dire d’un blocage. Contrôlez le câble ou le Wi-Fi, puis vérifiez de nouveau.',
    },
    portal: {
      title: 'Ce réseau vous demande d’abord de vous identifier',
      text: 'Une page d’accueil se trouve entre vous et Internet. Ouvrez une page dans votre navigateur, identifiez-vous ou acceptez les conditions, puis vérifiez de nouveau.',
    },
    'own-firewall': {
      title: 'Cet ordinateur lui-même arrête une partie de la vérification',
      text: 'Un pare-feu ou un programme de sécurité ne laisse pas tout sortir. Autorisez-y Sawt, puis vérifiez de nouveau : de ce qui a été arrêté, on ne peut rien dire.',
    },
    'wrong-clock': {
      title: 'L’horloge de cet ordinateur est fausse',
      text: 'Aucun certificat ne semble valable à cette date ; la plupart des services ne peuvent donc pas être jugés, et bien des pages ne s’ouvriront pas. Réglez la date et l’heure, puis vérifiez de nouveau.',
    },
    inspected: {
      title: 'Les connexions chiffrées sont ouvertes en chemin',
      text: 'Un programme de sécurité de cet ordinateur, ou votre entreprise, les lit. Derrière lui, la plupart des services ne peuvent pas être jugés. Rien n’indique un blocage.',
    },
    'no-udp': {
      title: 'Ce réseau ne laisse pas passer ce dont les appels sont faits',
      text: 'La voix et l’image voyagent en paquets UDP, et aucun ne sort d’ici.',
    },
    restricted: {
      title: 'Ce réseau ne laisse passer que peu de choses',
      text: 'La plupart des serveurs qui répondent d’ordinaire ne répondent pas ici. C’est fréquent dans les bureaux et les écoles, ou quand Internet est restreint.',
    },
    'nothing-judged': {
      title: 'Aucun jugement n’est possible',
      text: 'Les serveurs neutres auxquels Sawt se compare n’ont pas répondu de façon fiable ; il n’affirme donc rien. Attendez un peu, puis vérifiez de nouveau.',
    },
    'all-ok': {
      title: 'Aucun blocage constaté',
      text: 'Tout ce qui peut être vérifié passe sur ce réseau.',
    },
    'calls-blocked': {
      title: 'Ce réseau laisse passer les messages, mais bloque les appels',
      text: 'Les textes et les photos arrivent ; la voix et la vidéo passent mal ou pas du tout.',
    },
    'calls-hampered': {
      title: 'Ce réseau laisse passer les messages, mais perturbe les appels',
      text: 'Le chemin habituel de la voix et de la vidéo est fermé. Les appels peuvent échouer, ou passer par un détour et perdre en qualité.',
    },
    'some-calls': {
      title: 'Certains appels ne passent pas sur ce réseau',
      text: 'D’autres services fonctionnent. Le tableau montre lesquels, et pourquoi.',
    },
    'services-blocked': {
      title: 'Ce réseau bloque entièrement certains services',
      text: 'Même leurs messages ne passent pas. Le tableau montre lesquels, et pourquoi.',
    },
  },
  mechanisms: {
    'dns-nxdomain': 'Le réseau prétend que le nom de ce service n’existe pas.',
    'dns-empty': 'Le réseau ne donne aucune adresse quand on lui demande ce service.',
    'dns-refused': 'Le réseau refuse de chercher le nom de ce service.',
    'dns-servfail': 'Le réseau signale une panne quand on demande ce service, alors que d’autres noms répondent.',
    'dns-timeout': 'Le réseau ne répond pas quand on demande ce service, alors que d’autres noms répondent.',
    'dns-bogon': 'Le réseau donne pour ce service une fausse adresse, qui ne mène nulle part.',
    'dns-injection': 'Quelqu’un, en chemin, glisse une fausse réponse quand on demande l’adresse de ce service.',
    'dns-redirect': 'Le réseau vous envoie vers un serveur qui n’appartient pas à ce service.',
    'doh-blocked': 'Le réseau empêche la recherche chiffrée des adresses.',
    'tcp-drop': 'Le réseau fait disparaître sans réponse les connexions à ce service.',
    'tcp-reset': 'Le réseau coupe aussitôt les connexions à ce service.',
    icmp: 'Un routeur du réseau rejette les connexions à ce service.',
    'sni-reset': 'Le réseau lit le nom de ce service dans la connexion et la coupe.',
    'sni-drop': 'Le réseau lit le nom de ce service dans la connexion, puis ne laisse plus rien passer.',
    'tls-mitm':
      'Quelqu’un, en chemin, se fait passer pour ce service avec un faux certificat. N’y tapez aucun mot de passe.',
    'http-blockpage': 'Le réseau affiche une page à lui à la place de ce service.',
    'http-reset': 'Le réseau coupe la connexion dès que ce service est demandé.',
    'udp-all': 'Le réseau rejette tous les paquets UDP, dont les appels sont faits.',
    'udp-port': 'Le réseau ferme le port qu’utilisent les appels.',
    'stun-dpi': 'Le réseau reconnaît les paquets qui établissent les appels et les élimine.',
    'media-ip': 'Le réseau élimine les paquets destinés aux serveurs qui portent les appels de ce service.',
    'turn-blocked':
      'Le réseau bloque les relais dont les appels ont besoin derrière la plupart des box et des mobiles.',
    'flow-cut': 'Le réseau laisse l’appel commencer, puis coupe le son au bout d’un moment.',
    throttle: 'Le réseau ralentit volontairement ce service.',
    loss: 'Le réseau perd tant de paquets que les appels deviennent hachés.',
    'allow-list': 'Le réseau ne laisse passer que des services choisis.',
    portal: 'Une page d’identification barre le passage.',
    local:
      'La cause est cet ordinateur lui-même : son pare-feu ou son antivirus intervient, le réseau n’y est pour rien.',
  },
  signature: {
    title: 'Chercher les filtres qui reconnaissent un service à l’allure de ses appels',
    intro:
      'Pour cela, Sawt envoie des paquets semblables aux premiers des appels de sept services à un serveur à vous, qui répond à STUN et à TURN. Les services eux-mêmes ne sont pas interrogés.',
    warning:
      'Un filtre peut retenir ce serveur : il peut alors en bloquer ces ports pour tous ceux qui utilisent ce réseau, et pour longtemps. N’indiquez qu’un serveur qui est à vous, ou dont le propriétaire est d’accord.',
    servers: 'Adresse du serveur, et au moins 22 de ses ports',
    button: 'Vérifier, en cherchant cela aussi',
    refused:
      'Ces serveurs ne conviennent pas. Il faut une adresse IPv4 publique qui n’appartient à aucun service ni à aucun opérateur neutre, avec au moins 22 ports, écrite comme 198.51.100.7:3478-3499.',
    heading: 'Paquets qui ressemblent aux appels',
    results: { passed: 'passent', filtered: 'sont filtrés', inconclusive: 'indécis' },
    spoiled: 'Les ports où ils sont allés sont bloqués depuis.',
    reasons: {
      network: 'Ce réseau laisse passer trop peu de choses pour le demander.',
      endpoints: 'Trop peu de ces ports ont d’abord répondu à des paquets ordinaires.',
      controls: 'Les paquets sans ses marques n’ont pas reçu de réponse non plus.',
      'one-endpoint': 'Un paquet sur deux est passé.',
      refused: 'Les paquets ont été refusés ouvertement, ce qu’un serveur peut faire de lui-même.',
      chance: 'Cette ligne perd tant de paquets que le hasard peut en être la cause.',
      'low-confidence': 'Pas de réponse, mais on sait trop peu de l’allure de ses appels.',
      time: 'Le temps a manqué.',
    },
    finding: 'Les paquets qui ressemblent aux appels de {service} sont filtrés.',
    reason:
      'Les paquets qui ressemblent aux appels de ce service sont filtrés. Le service lui-même n’a pas été interrogé.',
  },
  local: {
    S4: 'Un programme de cet ordinateur, ou votre entreprise, ouvre les connexions chiffrées ; derrière lui, rien ne peut être jugé.',
    C1: 'Le pare-feu ou un programme de sécurité de cet ordinateur ne l’a pas laissé sortir.',
    C2: 'L’horloge de cet ordinateur est fausse : aucun certificat ne semble valable.',
  },
  noMechanism: {
    ok: 'Passe.',
    blocked: 'Ne passe pas.',
    degraded: 'Ne passe qu’en partie.',
    stale: 'Le service lui-même a changé ou est en panne partout ; ce réseau n’y est pour rien.',
    'not-testable':
      'Ses serveurs ne répondent qu’à leurs membres : sans compte, aucune vérification honnête n’est possible.',
    inconclusive: 'Les indices ne suffisent pas pour juger.',
    'not-run': 'N’a pas été vérifié cette fois.',
  },
  retired: {
    mark: 'Arrêté',
    since: 'Ses exploitants ont arrêté ce service le {date}.',
    successor: 'Ils renvoient à {service}.',
  },
  aboutMessages: 'Messages :',
  aboutCalls: 'Appels :',
  degradedCalls: 'Les appels peuvent encore passer par un détour, avec un son moins bon.',
  tunnelOn: {
    wireguard:
      'Un tunnel WireGuard est actif. La vérification montre ce qui passe par le tunnel, pas ce que le réseau bloque.',
    openvpn:
      'Un tunnel OpenVPN est actif. La vérification montre ce qui passe par le tunnel, pas ce que le réseau bloque.',
    other: 'Un VPN est actif. La vérification montre ce qui passe par lui, pas ce que le réseau bloque.',
  },
  announced: '{service} : messages : {messages} ; appels : {calls}.',
};
