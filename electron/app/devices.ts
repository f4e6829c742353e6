import { registeredDeviceSchema, type RegisteredDevice } from '../servers/accounts/device.ts';
import { openCollection, type Collection } from '../store/collection.ts';

/** The keys that were registered with providers from here. */
export const openDevices = (folder: string): Collection<RegisteredDevice> =>
  openCollection<RegisteredDevice>(folder, registeredDeviceSchema);
