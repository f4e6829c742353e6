import type { BestText, LoginText } from '../connecting-text.ts';

export const best: BestText = {
  button: 'Choose the best server for me',
  help: 'Sawt asks the servers of all your profiles, and others that their keys open, and takes the one that answers best for calls.',
  title: 'Choosing the best server',
  asking: 'Asking the servers…',
  progress: '{done} of {planned} have been asked. A few good ones are enough.',
  ranking: 'What the servers answered, the best first',
  reasons: {
    best: 'answers best',
    reachable: 'answers less well',
    loss: 'loses more on the way',
    rtt: 'answers more slowly',
    jitter: 'answers less steadily',
    transport: 'goes over TCP, which makes calls stutter',
    equal: 'answers just as well',
  },
  standings: {
    busy: 'is there, but busy',
    path: 'can be reached; its VPN was not tried',
    'psk-mismatch': 'is there, but does not accept this profile',
    unreached: 'does not answer: blocked, gone, or your key is not known there',
  },
  answers: 'in {ms}',
  noLoss: 'nothing lost',
  loses: '{percent} lost',
  trying: 'being tried',
  failed: 'did not connect',
  chosen: 'Sawt chose {server}: it {why}.',
};

export const login: LoginText = {
  title: 'User name and password of the VPN',
  text: 'The server of {profile} asks for them. Your VPN provider gave them to you; often they are not those of its website.',
  username: 'User name',
  password: 'Password',
  remember: 'Remember them on this computer',
  rememberHelp: 'They are kept with the profile once the server has accepted them, readable only by your user account.',
  connect: 'Connect',
  kept: 'User name and password are kept with this profile.',
  forget: 'Forget them',
};
