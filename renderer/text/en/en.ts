import type { Text } from '../types.ts';
import { check } from './check.ts';
import { connect, connected } from './connect.ts';
import { evidence } from './evidence.ts';
import { quality } from './quality.ts';
import { history } from './history.ts';
import { lists } from './lists.ts';
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
  lists,
  troubles,
  vpn,
  place,
};
