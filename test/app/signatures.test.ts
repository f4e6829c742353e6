import { describe, expect, it } from 'vitest';
import { createSignatureReader } from '../../electron/app/signatures.ts';
import { catalogue } from '../check/judge/evidence-builder.ts';

const read = createSignatureReader({
  file: 'resources/signatures/shapes.json',
  catalogue: () => catalogue,
  lookUp: () => Promise.reject(new Error('ENOTFOUND')),
});

describe('the signature check is prepared', () => {
  it('with ports and shapes, only those of the services that were asked for', async () => {
    const { endpoints, shapes } = await read('23.250.9.9:3478-3482', ['whatsapp', 'zoom']);
    expect([endpoints.length, shapes.map(({ service }) => service)]).toEqual([5, ['whatsapp']]);
  });

  it('not with too few ports, and says how many it takes', async () => {
    await expect(read('23.250.9.9:3478-3481', ['whatsapp'])).rejects.toThrow(/4 ports are named, and 5 are needed/);
    await expect(read('23.250.9.9')).rejects.toThrow(/1 port is named, and 22 are needed.*3478-3499/);
  });

  it('not for services whose calls nobody has seen, and says for which it can be', async () => {
    await expect(read('23.250.9.9:1-30', ['facetime'])).rejects.toThrow(/whatsapp, teams/);
  });

  it('not when the app is damaged', async () => {
    const reader = createSignatureReader({
      file: '/nowhere',
      catalogue: () => catalogue,
      lookUp: () => Promise.reject(new Error('ENOTFOUND')),
    });
    await expect(reader('23.250.9.9:1-30')).rejects.toMatchObject({ code: 'catalogue-invalid' });
  });
});
