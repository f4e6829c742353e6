import type { WhyText } from '../types.ts';

const confirmed = 'la même chose revenait avec ses témoins en état de marche, ou si un seul essai réussissait';
const oneConnection =
  'une seule connexion s’établissait, ou si la même chose arrivait à travers un tunnel : le service lui-même serait alors en panne';
const compared =
  'un nom neutre à cette adresse, ou ce nom à une adresse neutre, étaient essayés avec un résultat clair';

export const why: WhyText = {
  overturned: 'Cela ne tiendrait plus si {condition}.',
  controls: 'À quoi cela a été comparé',
  cases: {
    OK: {
      means: 'Il a répondu comme il le devait.',
      overturned: 'les échecs se répétaient alors que des serveurs neutres répondent toujours',
    },
    NT: {
      means:
        'Ses serveurs ne répondent ici qu’à leurs membres : sans compte, personne ne peut les vérifier honnêtement.',
      overturned: 'un serveur à lui répondait aux inconnus, ou si un constat valait pour tout le réseau',
    },
    NR: {
      means: 'Le temps imparti s’est écoulé avant cet essai.',
      overturned: 'la vérification disposait de plus de temps',
    },
    RS: {
      means: 'Ses exploitants ont arrêté le service, quoi que fasse un réseau.',
      overturned: 'ses exploitants le rouvraient',
    },
    R1: {
      means:
        'Ce qui gênait les appels lors de la vérification précédente a disparu : des serveurs neutres, muets alors, répondent maintenant. Ses propres serveurs n’ont pas été interrogés.',
      overturned: 'ces serveurs neutres se taisaient de nouveau',
    },
    N0: {
      means: 'Rien n’a répondu hors de ce réseau ; on ne peut donc rien dire d’aucun service.',
      overturned: 'quoi que ce soit répondait de l’extérieur',
    },
    N1: {
      means:
        'Des pages bien connues arrivent modifiées et aucun site neutre ne montre son propre certificat : une page d’identification barre le passage.',
      overturned: 'ces pages arrivaient intactes, comme après l’identification',
    },
    N2: {
      means:
        'La plupart des sites neutres échouent ici, quelques-uns passent : seuls des sites choisis sont admis, et un échec ne dit rien du service lui-même.',
      overturned: 'la plupart des sites neutres répondaient',
    },
    N3: {
      means:
        'L’essai a échoué, mais aucun serveur neutre n’a répondu après lui : la ligne elle-même a pu être en défaut.',
      overturned: 'l’échec se répétait et qu’un serveur neutre répondait juste après',
    },
    N4: {
      means: 'Les essais se contredisent, ou sont trop peu nombreux.',
      overturned: 'plusieurs essais finissaient de la même manière',
    },
    N5: {
      means: 'Pas de réponse, mais cette ligne perd tant de paquets que le hasard peut en être la cause.',
      overturned: 'le même silence régnait sur une ligne qui perd moins, ou si une réponse venait',
    },
    C1: {
      means:
        'Cet ordinateur lui-même a refusé d’envoyer les paquets : un pare-feu ou un programme de sécurité, ou Sawt lui-même quand il retient tout le trafic. Le réseau ne les a jamais vus.',
      overturned: 'les mêmes échecs revenaient une fois que ce programme laisse passer Sawt',
    },
    C2: {
      means:
        'L’horloge de cet ordinateur est fausse, si bien qu’aucun certificat ne semble valable ; rien ne peut être jugé par eux tant qu’elle n’est pas réglée.',
      overturned: 'les sites neutres semblaient toujours périmés avec une date et une heure justes',
    },
    D1: {
      means:
        'Le serveur de noms du réseau n’a donné aucune adresse, à chaque demande, alors qu’il répond pour des noms neutres et que l’adresse existe.',
      overturned: 'ce même serveur de noms donnait la bonne adresse à une nouvelle demande',
    },
    D2: {
      means: 'Le serveur de noms du réseau a donné une adresse qu’aucun serveur public ne peut avoir.',
      overturned: 'le DNS chiffré donnait la même adresse : elle serait alors voulue',
    },
    D3: {
      means:
        'Le serveur de noms du réseau mène à la machine d’un inconnu, alors que le service répond à sa vraie adresse.',
      overturned: 'cette machine montrait le certificat du service',
    },
    D5: {
      means:
        'Deux réponses différentes sont venues à une seule question : quelqu’un, en chemin, en a glissé une fausse.',
      overturned: 'chaque question ne recevait qu’une réponse à la reprise',
    },
    D7: {
      means: 'Aucun des serveurs de DNS chiffré n’est utilisable, alors que d’autres pages chiffrées se chargent.',
      overturned: 'un de ces serveurs répondait',
    },
    D8: {
      means: 'Son nom a disparu partout : ni ce réseau ni le DNS chiffré ne le connaissent. Le service a changé.',
      overturned: 'le DNS chiffré en donnait de nouveau une adresse',
    },
    T1: {
      means:
        'Les connexions à ses serveurs disparaissent sans réponse, alors qu’un site neutre se connecte juste après.',
      overturned: oneConnection,
    },
    T2: {
      means: 'Les connexions à ses serveurs sont refusées aussitôt, alors qu’un site neutre se connecte juste après.',
      overturned: oneConnection,
    },
    T3: {
      means: 'Un routeur déclare que ses serveurs sont inaccessibles, alors qu’un site neutre se connecte juste après.',
      overturned: 'une seule connexion s’établissait',
    },
    S1: {
      means:
        'Les connexions sont coupées à l’instant où elles nomment ce service : c’est le nom qui décide, pas l’adresse.',
      overturned: 'un nom neutre était lui aussi coupé à cette adresse, ou si ce nom passait ailleurs',
    },
    S2: {
      means:
        'Les connexions se taisent à l’instant où elles nomment ce service : c’est le nom qui décide, pas l’adresse.',
      overturned: 'des octets revenaient, ou si un nom neutre restait lui aussi sans réponse à cette adresse',
    },
    S3: {
      means:
        'Les connexions à son adresse échouent sous n’importe quel nom, alors que son nom passe ailleurs : c’est l’adresse qui décide.',
      overturned: 'un nom neutre recevait une réponse à cette adresse',
    },
    S4: {
      means: 'Quelqu’un, en chemin, répond à sa place avec un certificat qu’aucune autorité connue n’a signé.',
      overturned: 'le certificat du service lui-même apparaissait à cette adresse',
    },
    'S4-local': {
      means:
        'Le même inconnu signe les certificats de sites sans rapport entre eux : un programme de cet ordinateur, ou le proxy d’une entreprise, ouvre les connexions chiffrées ; derrière lui, aucun service ne peut être jugé.',
      overturned: 'les sites neutres montraient leurs propres certificats',
    },
    H1: {
      means:
        'Une page qui n’est pas la sienne vient à sa place : des services sans rapport y mènent, ou elle n’a pas de nom.',
      overturned: 'cette page se révélait être celle du service',
    },
    H2: {
      means: 'La connexion tient jusqu’à la demande de la page, puis elle est coupée, à chaque fois.',
      overturned: 'une réponse quelconque venait à une telle demande',
    },
    U0: {
      means:
        'Aucune réponse UDP n’est venue de nulle part, alors que les pages se chargent. (Un pare-feu de cet ordinateur qui éliminerait les paquets sans le dire aurait le même effet.)',
      overturned: 'une réponse UDP quelconque venait',
    },
    U1: {
      means:
        'Le port habituel des appels, UDP 3478, est fermé : les mêmes paquets reçoivent réponse sur d’autres ports.',
      overturned: 'quelqu’un répondait sur le port 3478',
    },
    U2: {
      means:
        'Les paquets qui ouvrent un appel (STUN) ne reçoivent réponse sur aucun port, mais d’autres paquets UDP si : ils sont reconnus et éliminés.',
      overturned: 'une réponse STUN quelconque venait',
    },
    U3: {
      means:
        'Ses propres serveurs d’appels, qui répondent d’ordinaire à tous, se taisent à plusieurs adresses, alors que ceux des autres et ses messages fonctionnent.',
      overturned: 'un de ses serveurs d’appels répondait',
    },
    U4: {
      means:
        'Aucun relais d’appels ne répond quand on lui demande une ligne, bien que des paquets plus simples passent.',
      overturned: 'un relais répondait, fût-ce par un refus',
    },
    U6: {
      means:
        'Des flux semblables à un appel commencent, puis sont coupés : leurs premiers paquets reçoivent réponse et les suivants non, alors qu’un flux neuf passe.',
      overturned: 'un seul de ces flux allait jusqu’au bout',
    },
    U7: {
      means:
        'Bien plus de paquets se perdent vers ses serveurs d’appels que vers des serveurs neutres, au même moment et au même rythme.',
      overturned: 'les paquets neutres se perdaient aussi souvent',
    },
    U9: {
      means:
        'Des paquets semblables aux premiers d’un appel de ce service sont éliminés en route vers un serveur qui répond à d’autres paquets de même sorte et de même taille. Le service lui-même n’a pas été interrogé.',
      overturned:
        'un tel paquet recevait une réponse, ou si un paquet sans les marques de ce service était éliminé lui aussi',
    },
    G1: {
      means:
        'Il fonctionne, mais les connexions qui le nomment sont ralenties : la même page d’un serveur neutre est arrivée plusieurs fois plus lentement sous son nom que sous celui du serveur.',
      overturned: 'une seule page arrivait sous son nom à peu près aussi vite que sous le nom neutre',
    },
    L1: {
      means: 'Cette ligne perd beaucoup de paquets, quel qu’en soit le destinataire ; aucun service n’est visé.',
      overturned: 'presque tous les paquets vers des serveurs neutres recevaient réponse',
    },
    K1: {
      means: 'Un appel par votre propre relais s’est établi et le son est bien passé, dans les deux sens.',
      overturned: 'un tel appel se passait mal lors d’une nouvelle répétition',
    },
    K2: {
      means:
        'Un appel par votre propre relais a commencé puis a été coupé, alors que le relais répondait toujours : quelque chose en chemin arrête les appels commencés.',
      overturned: 'un tel appel allait jusqu’au bout, ou s’il s’avérait que le relais le coupe lui-même',
    },
    K3: {
      means:
        'Un appel par votre propre relais s’est établi, puis rien n’en est passé, alors que le relais répondait toujours : quelque chose en chemin reconnaît les appels à leur allure.',
      overturned: 'le son d’un tel appel passait, ou s’il s’avérait que le relais le retient lui-même',
    },
    K4: {
      means:
        'Votre propre relais est injoignable par cette voie, alors que lui, ou d’autres comme lui, l’est par une autre. Ce réseau l’arrête, ou bien le pare-feu du relais.',
      overturned: 'le relais répondait par cette voie, ou s’il s’avérait qu’il y est fermé',
    },
    K5: {
      means:
        'Un appel par votre propre relais passe mal : des paquets se perdent ou arrivent tard, à l’aller et au retour. Seule cette voie a été regardée.',
      overturned: 'un tel appel passait bien lors d’une nouvelle répétition',
    },
    'U4-single': {
      means: 'Ses serveurs d’appels répondent ; seul son relais se tait, et notre liste est peut-être trop vieille.',
      overturned: 'les relais d’autres services se taisaient aussi',
    },
    'D1-unproved': {
      means:
        'Le serveur de noms du réseau n’a donné aucune adresse, mais la preuve manque : un second essai, un nom neutre, ou une réponse sûre à comparer.',
      overturned: confirmed,
    },
    'D2-unproved': {
      means: 'Une adresse impossible est venue pour son nom, mais ce serveur est trop mal connu pour que cela compte.',
      overturned: confirmed,
    },
    'D3-unproved': {
      means: 'Son nom menait à une autre machine, mais ce serveur est trop mal connu pour que cela compte.',
      overturned: confirmed,
    },
    'D5-unproved': {
      means: 'Deux réponses différentes sont venues à une seule question, et rien de sûr ne dit laquelle est la bonne.',
      overturned: 'le DNS chiffré pouvait être interrogé',
    },
    'D8-unproved': {
      means: 'Le DNS chiffré ne connaît pas son nom, mais le serveur de noms de ce réseau n’a pas dit de même.',
      overturned: 'tous deux disaient la même chose',
    },
    'T1-unproved': {
      means:
        'Les connexions sont restées sans réponse, mais ces serveurs sont trop mal connus pour que leur silence compte.',
      overturned: confirmed,
    },
    'T2-unproved': {
      means: 'Les connexions ont été refusées, mais ces serveurs sont trop mal connus pour que cela compte.',
      overturned: confirmed,
    },
    'T3-unproved': {
      means: 'Un routeur a rejeté les connexions, mais ces serveurs sont trop mal connus pour que cela compte.',
      overturned: confirmed,
    },
    'S1-unproved': {
      means:
        'La connexion a été coupée après avoir nommé le service, mais les comparaisons qui diraient pourquoi manquent ou se contredisent.',
      overturned: compared,
    },
    'S2-unproved': {
      means:
        'La connexion s’est tue après avoir nommé le service, mais les comparaisons qui diraient pourquoi manquent ou se contredisent.',
      overturned: compared,
    },
    'S3-unproved': {
      means:
        'Les connexions ont échoué sous n’importe quel nom, mais ce serveur est trop mal connu pour que cela compte.',
      overturned: confirmed,
    },
    'S4-unproved': {
      means: 'Son certificat n’est pas celui qu’on attendait, mais ses exploitants ont pu le changer.',
      overturned:
        'le même inconnu signait aussi pour ce nom à une adresse neutre, ou si le certificat attendu apparaissait',
    },
    'H1-unproved': {
      means: 'Sa page renvoie à un lieu inconnu, qui est peut-être sa nouvelle adresse.',
      overturned: 'des services sans rapport renvoyaient au même lieu',
    },
    'H2-unproved': {
      means: 'La page a été demandée en vain, mais pas chaque fois de la même manière.',
      overturned: confirmed,
    },
    'U3-unproved': {
      means:
        'Ses serveurs d’appels se taisent, mais la preuve manque : une seconde adresse, des témoins en état de marche, ou un silence que le hasard n’explique pas.',
      overturned: confirmed,
    },
    'U6-unproved': {
      means:
        'Un flux s’est interrompu, mais la preuve manque : une reprise, un flux neuf qui passe, ou un flux neutre qui continue.',
      overturned: confirmed,
    },
    unproved: {
      means: 'Quelque chose fait penser à un blocage, mais la preuve manque : une reprise, ou un témoin qui marche.',
      overturned: confirmed,
    },
  },
  roles: {
    'neutral-site': 'Le site neutre {target} a répondu avec son propre certificat : la ligne elle-même marchait.',
    'neutral-name': 'Le serveur de noms du réseau a répondu pour le nom neutre {target}.',
    'neutral-stun': 'Le serveur neutre {target} a répondu au même type de paquet.',
    'neutral-flow': 'Un flux de même charge vers le serveur neutre {target} a continué.',
    'plain-packet': '{target}, le serveur désigné pour cela, a répondu aux paquets sans ces marques.',
    'old-stun': '{target} a répondu à l’ancienne forme du même paquet, sans sa marque distinctive.',
    'time-server': '{target} a répondu à d’autres paquets UDP, qui demandent l’heure.',
    'public-resolver': 'Le serveur de noms public {address} a répondu.',
    'encrypted-dns': 'Le DNS chiffré de {address} a répondu.',
    'other-name-passes': 'La même adresse a parlé quand on lui a donné le nom neutre {name}.',
    'other-name-fails': 'La même adresse n’a pas parlé non plus sous le nom neutre {name}.',
    'other-address-passes': 'Le même nom {name} est passé à l’adresse neutre {address}.',
    'other-address-fails': 'Le même nom {name} a connu le même sort à l’adresse neutre {address}.',
    'trusted-name': 'Le DNS chiffré de {address} connaît une adresse pour {target}.',
    'trusted-name-fails': 'Le DNS chiffré de {address} n’a donné aucune adresse pour {target}.',
    'other-resolver': 'Le serveur de noms public {address}, interrogé en clair, a donné une adresse pour {target}.',
    'other-resolver-fails':
      'Le serveur de noms public {address}, interrogé en clair, n’a donné aucune adresse pour {target}.',
    'own-server': 'Le service lui-même a répondu à {target} : il est en marche.',
  },
};
