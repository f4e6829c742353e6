import { ApiError } from '../../../electron/api/errors.ts';
import type { CheckEvent, Handlers, Report, Stage } from '../../../electron/api/schema.ts';
import type { FakeApi } from '../../renderer/fake-api.ts';
import { ownServerFound, ownServerKit } from '../../renderer/own-server-samples.ts';
import { historyHandlers } from '../../renderer/history-samples.ts';
import {
  accountProviders,
  blockedReport,
  cleanReport,
  comparison,
  connected,
  device,
  disconnected,
  doctorWithGaps,
  failed,
  mixedReport,
  offlineReport,
  otherProfile,
  portalReport,
  probedServers,
  profile,
  rehearsal,
  relaySummary,
  serversView,
  signatureReport,
} from '../../renderer/samples.ts';

type Scene = (fake: () => FakeApi) => Partial<Handlers>;
const later = <Value>(value: Value): Promise<Value> => Promise.resolve(value);

/** A check whose rows come one by one, then its report; with `stopAfter`, it stays half-way. */
const checking =
  (report: Report, stopAfter = Infinity): Scene =>
  (fake) => ({
    'check.run': async () => {
      const say = (event: CheckEvent): void => fake().emit('check', event);
      say({ kind: 'started', startedAt: report.startedAt, services: report.services });
      for (const found of report.findings) say({ kind: 'finding', finding: found });
      for (const [index, service] of report.services.entries()) {
        if (index >= stopAfter) break;
        say({ kind: 'service', service, final: index < stopAfter - 1 });
        say({ kind: 'progress', done: index + 1, planned: report.services.length });
      }
      return stopAfter < report.services.length ? new Promise<never>(() => undefined) : later(report);
    },
  });

const withProfiles: Scene = () => ({
  'check.last': () => later(blockedReport),
  'profiles.list': () => later([profile, otherProfile]),
  'servers.list': () => later(serversView),
  'profiles.qr': () => later({ content: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', dense: false }),
  'profiles.import': ({ files }) =>
    later(
      files.map((file, index) =>
        index === 0
          ? { input: file.name, ok: true, profile }
          : {
              input: file.name,
              ok: false,
              error: new ApiError({
                code: 'profile-invalid',
                message: 'Broken.',
                details: { file: file.name, line: 3, directive: 'PrivateKey' },
              }).toRecord(),
            },
      ),
    ),
});

const withAccounts: Scene = (fake) => ({
  ...withProfiles(fake),
  'accounts.providers': () => later(accountProviders),
  'accounts.devices': () => later([device, { ...device, id: 'd-2', provider: 'strict', purpose: 'computer' }]),
  'accounts.register': () =>
    Promise.reject(new ApiError({ code: 'too-many-requests', message: 'Wait.', details: { waitSeconds: 30 } })),
});

const connectingAt =
  (stage: Stage): Scene =>
  (fake) => ({
    ...withProfiles(fake),
    'tunnel.connect': () => {
      const attempts = stage === 'starting' ? [] : connected.attempts;
      fake().emit('tunnel', { ...disconnected, state: 'connecting', stage, profile: profile.id, attempts });
      return new Promise<never>(() => undefined);
    },
  });

const withOwnServer: Scene = (fake) => ({
  ...withProfiles(fake),
  'ownServer.create': () => later(ownServerKit),
  'ownServer.list': () => later([ownServerKit.server]),
  'ownServer.check': () => later(ownServerFound),
});

const withPassword: Scene = (fake) => ({
  ...withProfiles(fake),
  'profiles.list': () => later([{ ...otherProfile, credentials: 'needed' as const }]),
  'tunnel.connect': () =>
    later({
      ...failed,
      profile: otherProfile.id,
      error: { code: 'password-wrong' as const, message: 'The server refused the user name or password.' },
    }),
});

/** Up to the second server, after the best did not connect. */
const choosing: Scene = (fake) => ({
  ...withProfiles(fake),
  'tunnel.connectBest': () => {
    const [first, second] = probedServers;
    const error = { code: 'handshake-silent' as const, message: 'No answer.' };
    fake().emit('probing', { done: 3, planned: 8 });
    fake().emit('choosing', { kind: 'ranked', results: probedServers });
    fake().emit('choosing', { kind: 'failed', server: first, error });
    fake().emit('choosing', { kind: 'trying', server: second, of: 3 });
    return new Promise<never>(() => undefined);
  },
});

const withRelay: Scene = (fake) => ({
  ...checking({ ...blockedReport, rehearsal })(fake),
  'relay.show': () => later(relaySummary),
});

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
const handingOn: Scene = (fake) => ({
  ...withProfiles(fake),
  'servers.export': () => later({ pictures: [pixel, pixel, pixel] }),
  'servers.import': () =>
    Promise.reject(new ApiError({ code: 'list-incomplete', message: 'Missing.', details: { missing: '2, 5' } })),
});

/** What the pictures and the tests of single states show. */
export const scenes = {
  first: checking(blockedReport),
  running: checking(blockedReport, 5),
  clean: checking(cleanReport),
  signatures: checking(signatureReport),
  mixed: checking(mixedReport),
  offline: checking(offlineReport),
  portal: checking(portalReport),
  profiles: withProfiles,
  'own-server': withOwnServer,
  password: withPassword,
  choosing,
  relay: withRelay,
  'hand-on': handingOn,
  accounts: withAccounts,
  empty: () => ({ 'check.last': () => later(blockedReport) }),
  connecting: connectingAt('traffic'),
  connects: (fake) => ({
    ...withProfiles(fake),
    'tunnel.connect': () => {
      fake().emit('comparison', comparison);
      return later(connected);
    },
    'tunnel.disconnect': () => later(disconnected),
  }),
  fails: (fake) => ({ ...withProfiles(fake), 'tunnel.connect': () => later(failed) }),
  leak: checking({
    ...blockedReport,
    network: { ...blockedReport.network, tunnel: 'other', aroundTunnel: ['udp', 'ipv6'] },
  }),
  history: historyHandlers,
  'no-history': () => ({ 'history.list': () => later({ networks: [], entries: [] }) }),
  gaps: (fake) => ({ ...withProfiles(fake), 'doctor.run': () => later(doctorWithGaps) }),
} satisfies Record<string, Scene>;

export type SceneName = keyof typeof scenes;
export const isScene = (name: string): name is SceneName => Object.hasOwn(scenes, name);
