import type { ErrorRecord } from '../../electron/api/errors.ts';
import type { Api, QrImage, Sharing } from '../../electron/api/schema.ts';
import { toErrorRecord } from './errors.ts';

const nothingToSay: Sharing = { warnings: [], ownKeyFrom: null };

/** The QR code of a profile while it is shown. It holds the private key: asked for by a click, forgotten when hidden. */
export class PhoneState {
  error = $state.raw<ErrorRecord | null>(null);
  /** What to know before the code that is shown is used. */
  sharing = $state.raw<Sharing>(nothingToSay);

  #shown = $state.raw<{ id: string; code: QrImage } | null>(null);
  /** Of the newest click; an answer to an older one comes too late. */
  #asked: string | null = null;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Null for every profile but the one whose code was asked for. */
  codeOf(id: string): QrImage | null {
    return this.#shown?.id === id ? this.#shown.code : null;
  }

  async show(id: string): Promise<void> {
    this.hide();
    this.#asked = id;
    try {
      const [code, sharing] = await Promise.all([
        this.#api.call('profiles.qr', { id, format: 'svg' }),
        this.#api.call('accounts.sharing', { profile: id }),
      ]);
      if (this.#asked !== id) return;
      this.sharing = sharing;
      this.#shown = { id, code };
    } catch (error) {
      if (this.#asked === id) this.error = toErrorRecord(error);
    }
  }

  hide(): void {
    this.#asked = null;
    this.#shown = null;
    this.error = null;
  }
}
