import { en } from '../en/en.ts';
export const fr = en;
