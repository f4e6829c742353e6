import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../electron/api/errors.ts';
import type { QrImage } from '../../../electron/api/schema.ts';
import { PhoneState } from '../../../renderer/state/phone.svelte.ts';
import { createFakeApi } from '../fake-api.ts';

const code = (content: string): QrImage => ({ content, dense: false });

describe('the QR code for a phone', () => {
  it('is there for the profile that it was asked for, and for no other', async () => {
    const { api } = createFakeApi({ 'profiles.qr': ({ id }) => Promise.resolve(code(id)) });
    const phone = new PhoneState(api);
    expect(phone.codeOf('a')).toBeNull();
    await phone.show('a');
    expect(phone.codeOf('a')).toEqual(code('a'));
    expect(phone.codeOf('b')).toBeNull();
    phone.hide();
    expect(phone.codeOf('a')).toBeNull();
  });

  it('does not appear any more when it was hidden before it came', async () => {
    const phone = new PhoneState(createFakeApi({ 'profiles.qr': () => Promise.resolve(code('x')) }).api);
    const shown = phone.show('a');
    phone.hide();
    await shown;
    expect(phone.codeOf('a')).toBeNull();
  });

  it('keeps why there is none, until it is asked for again', async () => {
    let fails = true;
    const error = new ApiError({ code: 'profile-too-large', message: 'Too long.' });
    const { api } = createFakeApi({
      'profiles.qr': () => (fails ? Promise.reject(error) : Promise.resolve(code('x'))),
    });
    const phone = new PhoneState(api);
    await phone.show('a');
    expect(phone.error?.code).toBe('profile-too-large');
    fails = false;
    await phone.show('a');
    expect(phone.error).toBeNull();
    expect(phone.codeOf('a')).toEqual(code('x'));
  });
});
