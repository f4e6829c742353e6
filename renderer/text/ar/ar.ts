import type { Text } from '../types.ts';
import { accounts } from './accounts.ts';
import { check } from './check.ts';
import { connect, connected } from './connect.ts';
import { evidence } from './evidence.ts';
import { quality } from './quality.ts';
import { settings, shell } from './shell.ts';
import { place, troubles } from './troubles.ts';

export const ar: Text = { shell, check, quality, evidence, connect, connected, settings, accounts, troubles, place };
