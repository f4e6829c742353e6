import type { AccountsText, AccountTroubles } from '../accounts-text.ts';

export const accounts: AccountsText = {
  title: 'Par un fournisseur, avec ou sans compte',
  intro:
    'Avec votre compte, Sawt obtient une clé de votre fournisseur et crée le profil. Certains fournisseurs ne demandent aucun compte.',
  provider: 'Fournisseur',
  needsFile:
    '{provider} ne donne ses clés que sur son site. Connectez-vous-y, téléchargez un fichier WireGuard et ajoutez-le ici ; il ouvre tous les lieux de ce fournisseur que Sawt connaît.',
  number: 'Numéro de compte',
  token: 'Jeton d’accès',
  username: 'Nom d’utilisateur',
  password: 'Mot de passe',
  place: 'Lieu du serveur',
  askPlaces: 'Afficher ses lieux',
  askingPlaces: 'Demande des lieux …',
  asksProvider: 'Ceci interroge le site de {provider}.',
  forWhom: 'La clé est pour',
  purposes: { computer: 'Cet ordinateur', phone: 'Mon téléphone' },
  register: 'Obtenir une clé',
  working: 'Demande à {provider} …',
  added: 'Ajouté : {profile}',
  privacy: 'Ce que vous saisissez va à {provider} seulement, et n’est pas conservé.',
  protocol: 'Type de tunnel',
  protocols: { wireguard: 'WireGuard, le plus rapide', openvpn: 'OpenVPN, pour les réseaux qui bloquent WireGuard' },
  makeProfile: 'Créer le profil',
  needsOpenVpnFile:
    'Sawt ne contient pas de quoi reconnaître les serveurs de {provider} : ajoutez d’abord un fichier OpenVPN de son site. Le nom d’utilisateur et le mot de passe pour OpenVPN s’y trouvent aussi ; ils peuvent différer de ceux de votre compte.',
  openVpnPrivacy:
    'Le nom d’utilisateur et le mot de passe restent dans le profil sur cet ordinateur ; les serveurs de {provider} les demandent chaque fois.',
  free: {
    noAccount: 'Aucun compte n’est nécessaire.',
    strangers: {
      title: 'Ordinateurs d’inconnus',
      text: 'Ces serveurs appartiennent à des bénévoles que personne n’a vérifiés. La personne qui en gère un peut voir quels sites vous visitez, garde des traces pendant des semaines, et peut être votre opérateur ou la police. Ne l’utilisez que si rien d’autre ne marche, et pour rien qui puisse vous nuire.',
      accept: 'Je le sais, et je veux quand même un tel serveur.',
    },
  },
  keys: {
    title: 'Clés obtenues ici',
    since: 'depuis le {date}',
    giveBack: 'Rendre',
    giveBackLabel: 'Rendre la clé : {provider}',
    forget: 'L’oublier ici',
    onSite: 'Ce fournisseur ne reprend ses clés que sur son site :',
    returned: 'C’est fait. Les profils créés avec cette clé ne marchent plus une fois que le fournisseur l’a reprise.',
  },
  phone: {
    ownKey: 'Donner au téléphone sa propre clé',
    ownKeyText:
      'Votre fournisseur permet une deuxième clé : les deux appareils peuvent alors être connectés en même temps.',
  },
};

export const accountTroubles: AccountTroubles = {
  'account-form': {
    what: 'Cela ne ressemble pas à un compte de ce fournisseur.',
    means: 'Il manque peut-être un caractère, ou il y en a un de trop. Rien n’a été envoyé.',
    todo: 'Copiez-le à nouveau depuis le site du fournisseur.',
  },
  'account-refused': {
    what: 'Le fournisseur ne connaît pas ce compte.',
    means: 'Le numéro, le nom ou le mot de passe est faux. Aucune clé n’a été enregistrée.',
    todo: 'Saisissez-le à nouveau, exactement comme sur le site du fournisseur.',
  },
  'account-inactive': {
    what: 'Ce compte n’a plus de temps.',
    means: 'Le fournisseur le connaît, mais ne lui donne pas de clé.',
    todo: 'Renouvelez-le sur le site du fournisseur, puis réessayez.',
  },
  'account-needs-file': {
    what: 'Ce fournisseur ne donne ses clés que sur son site.',
    means: 'Sawt ne peut pas en demander une.',
    todo: 'Connectez-vous-y, téléchargez un fichier WireGuard et ajoutez-le ici.',
  },
  'consent-needed': {
    what: 'Ces serveurs sont des ordinateurs d’inconnus.',
    means:
      'La personne qui en gère un peut voir quels sites vous visitez et garde des traces. Ce peut être votre opérateur. Rien n’a été créé.',
    todo: 'Choisissez un autre fournisseur, ou indiquez que vous le voulez quand même.',
  },
  'too-many-devices': {
    what: 'Ce compte a déjà tous les appareils qu’il peut avoir.',
    means: 'Le fournisseur ne donne plus de clé tant qu’aucune n’est rendue.',
    todo: 'Retirez un appareil sur le site du fournisseur, ou rendez une clé ci-dessous, puis réessayez.',
  },
  'too-many-requests': {
    what: 'Le fournisseur demande une pause.',
    means: 'Il a reçu trop de demandes de ce réseau.',
    todo: 'Attendez un peu, puis réessayez.',
  },
  'provider-unreachable': {
    what: 'Le site du fournisseur est injoignable.',
    means: 'Ce réseau le bloque peut-être. Aucune clé n’a été enregistrée.',
    todo: 'Essayez depuis un autre réseau, ou connectez-vous d’abord avec un autre profil : cela marche aussi par un tunnel.',
  },
  'provider-slow': {
    what: 'Le fournisseur n’a pas répondu à temps.',
    means: 'Il est peut-être très occupé, ou le réseau le ralentit.',
    todo: 'Réessayez dans un instant.',
  },
  'provider-answer-invalid': {
    what: 'Sawt ne comprend pas la réponse du fournisseur.',
    means: 'Le fournisseur a peut-être changé son service depuis cette version.',
    todo: 'Téléchargez un fichier WireGuard sur son site et ajoutez-le ici.',
  },
  'captive-page': {
    what: 'Quelque chose d’autre a répondu à la place du fournisseur.',
    means: 'C’est peut-être la page de connexion de ce Wi-Fi, ou un filtre.',
    todo: 'Connectez-vous au réseau, ou prenez-en un autre, puis réessayez.',
  },
};
