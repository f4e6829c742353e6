import type { SettingsText, ShellText } from '../types.ts';

export const shell: ShellText = {
  name: 'Sawt',
  skip: 'Skip to the content',
  navigation: 'Screens',
  screens: { check: 'Check', connect: 'Make calls work', history: 'History', settings: 'Settings' },
  practice: 'Practice network: all of this happens inside this computer, nothing reaches the Internet.',
  lost: {
    title: 'Sawt has stopped',
    text: 'This window can no longer do anything. Close it and start Sawt again.',
  },
  cancel: 'Cancel',
  undo: 'Undo',
  tryAgain: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  status: {
    label: 'Connection',
    disconnected: 'Not connected',
    connecting: 'Connecting: {stage}',
    connected: 'Connected through {profile}',
    blocked: 'Sawt is holding back all traffic',
    failed: 'Could not connect',
    disconnect: 'Disconnect',
    disconnecting: 'Disconnecting…',
    letTrafficOut: 'Let traffic out again',
  },
};

export const settings: SettingsText = {
  title: 'Settings',
  language: 'Language',
  asSystem: 'Same as this computer',
  theme: 'Appearance',
  themes: { system: 'Same as this computer', light: 'Light', dark: 'Dark' },
  notKept: 'This could not be saved. It lasts until you close the window.',
  about: 'About Sawt',
  privacy: 'What you check, import and connect to stays on this computer. Sawt has no account and reports to nobody.',
  version: 'Version {version}',
};
