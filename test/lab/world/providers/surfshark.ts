import { randomBytes } from 'node:crypto';
import { badRequest, bearerOf, exactly, isKey, unheardOf, type ProviderApi } from './api.ts';
import { accounts, ownServers } from './known.ts';

const week = 7 * 86_400_000;

export const surfshark: ProviderApi = async (asked, office) => {
  const { method, path } = asked;
  if (method === 'POST' && path === '/v1/auth/login') {
    const body = exactly(asked, ['username', 'password']);
    if (!body) return badRequest;
    const { username, password } = accounts.surfshark;
    if (body['username'] !== username || body['password'] !== password)
      return { status: 401, json: { code: 401, message: 'Bad credentials.' } };
    const token = randomBytes(24).toString('hex');
    office.memory.set(token, 'token');
    return { status: 200, json: { token, renewToken: randomBytes(24).toString('hex') } };
  }
  if (method === 'POST' && path === '/v1/account/users/public-keys') {
    if (office.memory.get(bearerOf(asked)) !== 'token') return { status: 401, json: { code: 401 } };
    const key = exactly(asked, ['pubKey'])?.['pubKey'];
    if (!isKey(key)) return badRequest;
    await office.register(key, '10.14.0.2');
    const expiresAt = new Date(Date.now() + week).toISOString();
    return { status: 201, json: { expiresAt, pubKey: key, id: 'k-1' } };
  }
  if (method === 'GET' && path === '/v4/server/clusters/generic') {
    const place = { country: 'Spain', countryCode: 'ES', region: 'Europe', location: 'Madrid', load: 20 };
    const { hostname } = ownServers.surfshark;
    return { status: 200, json: [{ ...place, connectionName: hostname, pubKey: await office.serverKey() }] };
  }
  return unheardOf;
};
