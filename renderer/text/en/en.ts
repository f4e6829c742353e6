import type { Text } from '../types.ts';
import { check } from './check.ts';
import { connect, connected } from './connect.ts';
import { evidence } from './evidence.ts';
import { history } from './history.ts';
import { settings, shell } from './shell.ts';
import { place, troubles } from './troubles.ts';
import { vpn } from './vpn.ts';

export const en: Text = { shell, check, evidence, connect, connected, history, settings, troubles, vpn, place };
