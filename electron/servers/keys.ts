import { parsePublicKey, type PublicKey } from './minisign.ts';

/**
 * The key that signs the list in the repository. Its secret half is public (resources/servers/development.key), so it
 * proves nothing about who made a list: it is taken for the list that comes with the app, never for one from outside,
 * and no release can be built while its list carries it (scripts/refuse-development-key.mjs).
 */
export const developmentKey: PublicKey = parsePublicKey('RWRz+cIspqP9iXuhb1kUOUjtgX3SNabMtFGVLRNRbCXXaQG4IeL3apTv');

/** The maintainers' keys, one in use and one spare. Empty until the first release: then no list from outside is taken. */
export const releaseKeys: readonly PublicKey[] = [];

export const isDevelopmentKey = ({ keyId }: PublicKey): boolean => keyId === developmentKey.keyId;
