/** The window over the fake API, one scene by `?scene=`: for pictures and for states that are hard to bring about. */
import './without-eval.ts';
import { createFakeApi } from '../../renderer/fake-api.ts';
import { isScene, scenes, type SceneName } from './scenes.ts';

const query = new URLSearchParams(location.search);
const wanted = query.get('scene') ?? 'first';
const scene: SceneName = isScene(wanted) ? wanted : 'first';
const fake = createFakeApi({
  ...scenes[scene](() => fake),
  'settings.get': () => Promise.resolve({ language: null, theme: 'system' }),
});
Object.defineProperty(window, 'sawtPort', { value: fake.port });
await import('../../../renderer/main.ts');
