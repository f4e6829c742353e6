import { loadShapes } from '../../../electron/check/signature/shapes.ts';

/** The shapes that come with the app. */
export const shapes = await loadShapes('resources/signatures/shapes.json');
