import { createContext } from 'svelte';
import type { Edition } from './languages.ts';

/** A getter, so that a component that calls it while rendering follows a change of language. */
const [get, set] = createContext<() => Edition>();

export const provideEdition = set;
/** Called while a component is set up; the getter is then called where text is shown. */
export const useEdition = get;
