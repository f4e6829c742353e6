import type { Text } from '../types.ts';
import { check } from './check.ts';
import { connect, connected } from './connect.ts';
import { evidence } from './evidence.ts';
import { lists } from './lists.ts';
import { settings, shell } from './shell.ts';
import { place, troubles } from './troubles.ts';

export const fr: Text = { shell, check, evidence, connect, connected, settings, lists, troubles, place };
