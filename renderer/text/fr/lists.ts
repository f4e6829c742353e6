import type { ListsText } from '../types.ts';

export const lists: ListsText = {
  title: 'Listes',
  text: 'Sawt connaît les serveurs et les services par deux listes signées. Il n’en cherche de plus récentes que si vous le demandez, ne dit à personne qui vous êtes et passe par le tunnel quand vous êtes connecté.',
  servers: 'Liste des serveurs du {date}',
  services: 'Liste des services du {date}',
  expired: 'La liste des serveurs est ancienne. Elle reste utilisable, mais certains serveurs ont pu changer.',
  button: 'Chercher des listes plus récentes',
  asking: 'Recherche…',
  kinds: { servers: 'Liste des serveurs', catalogue: 'Liste des services', keys: 'Clés des listes' },
  outcomes: {
    updated: '{list} : une plus récente est maintenant utilisée.',
    unchanged: '{list} : vous avez la plus récente.',
    refused: '{list} : refusée. La vôtre reste utilisée.',
    unreachable: '{list} : pas de réponse. La vôtre reste utilisée.',
  },
  refused: {
    title: 'Ce qui était proposé n’est pas fiable',
    text: 'La signature était fausse, la liste plus ancienne que la vôtre, ou son contenu se contredisait, comme dans une liste falsifiée. Rien n’en a été utilisé et vous n’avez rien à faire.',
  },
  unreachable: {
    title: 'Aucun dépôt de listes n’a répondu',
    text: 'Ce réseau les bloque peut-être. Connectez-vous d’abord, puis cherchez à nouveau : la recherche passera alors par le tunnel.',
  },
  handOn: {
    title: 'Transmettre les listes',
    text: 'Pour quelqu’un dont le réseau ne laisse passer aucune liste. Elles ne contiennent rien de secret, et qui les reçoit vérifie leur signature.',
    save: 'Enregistrer dans un fichier',
    show: 'Montrer en codes QR',
    picture: 'Image {number} sur {total}',
    picturesHelp:
      'L’autre personne les a besoin de toutes, en photos ou en images enregistrées, dans n’importe quel ordre.',
    back: 'Précédente',
    next: 'Suivante',
    savePicture: 'Enregistrer cette image',
    hide: 'Les masquer',
    take: 'Recevoir une liste de quelqu’un',
    drop: 'Déposez ici le fichier ou les images',
    choose: 'Choisir des fichiers…',
    help: 'Un fichier .sawt, toutes les images d’une série à la fois, ou une liste avec son .minisig. Elle n’est utilisée que si sa signature est juste et si elle est plus récente que la vôtre.',
    taking: 'Vérification de la signature…',
  },
};
