import type { Text } from '../types.ts';
import { accounts } from './accounts.ts';
import { check } from './check.ts';
import { connect, connected } from './connect.ts';
import { best, login } from './connecting.ts';
import { evidence } from './evidence.ts';
import { ownServer } from './own-server.ts';
import { quality } from './quality.ts';
import { history } from './history.ts';
import { lists } from './lists.ts';
import { relay } from './relay.ts';
import { settings, shell } from './shell.ts';
import { place, troubles } from './troubles.ts';
import { vpn } from './vpn.ts';
import { why } from './why.ts';

export const en: Text = {
  shell,
  check,
  quality,
  evidence,
  why,
  connect,
  connected,
  history,
  settings,
  accounts,
  best,
  login,
  relay,
  lists,
  ownServer,
  troubles,
  vpn,
  place,
};
