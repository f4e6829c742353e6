import { expect, it } from 'vitest';
import { connect } from '../../../renderer/client/connect.ts';
import { createFakeApi } from '../fake-api.ts';
import { appInfo } from '../samples.ts';

it('uses the port of the preload script where there is one', async () => {
  const view = Object.assign(Object.create(window) as Window, { sawtPort: createFakeApi().port });
  await expect(connect(view).api.call('app.info', {})).resolves.toEqual(appInfo);
});
