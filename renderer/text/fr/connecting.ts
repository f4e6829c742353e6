import type { BestText, LoginText } from '../connecting-text.ts';

export const best: BestText = {
  button: 'Choisir le meilleur serveur pour moi',
  help: 'Sawt interroge les serveurs de tous vos profils, et d’autres que leurs clés ouvrent, et prend celui qui répond le mieux pour les appels.',
  title: 'Choix du meilleur serveur',
  asking: 'Les serveurs sont interrogés…',
  progress: '{done} sur {planned} interrogés. Quelques bons suffisent.',
  ranking: 'Les réponses des serveurs, le meilleur d’abord',
  reasons: {
    best: 'répond le mieux',
    reachable: 'répond moins bien',
    loss: 'perd davantage en chemin',
    rtt: 'répond plus lentement',
    jitter: 'répond moins régulièrement',
    transport: 'passe par TCP, ce qui hache les appels',
    equal: 'répond tout aussi bien',
  },
  standings: {
    busy: 'est là, mais surchargé',
    path: 'est joignable ; son VPN n’a pas été essayé',
    'psk-mismatch': 'est là, mais n’accepte pas ce profil',
    unreached: 'ne répond pas : bloqué, disparu, ou votre clé y est inconnue',
  },
  answers: 'en {ms}',
  noLoss: 'rien de perdu',
  loses: '{percent} de pertes',
  trying: 'à l’essai',
  failed: 'connexion impossible',
  chosen: 'Sawt a choisi {server} : il {why}.',
};

export const login: LoginText = {
  title: 'Nom d’utilisateur et mot de passe du VPN',
  text: 'Le serveur de {profile} les demande. Votre fournisseur de VPN vous les a donnés ; souvent, ce ne sont pas ceux de son site.',
  username: 'Nom d’utilisateur',
  password: 'Mot de passe',
  remember: 'Les retenir sur cet ordinateur',
  rememberHelp:
    'Ils sont conservés avec le profil une fois que le serveur les a acceptés, lisibles par votre seul compte d’utilisateur.',
  connect: 'Se connecter',
  kept: 'Le nom d’utilisateur et le mot de passe sont conservés avec ce profil.',
  forget: 'Les oublier',
};
